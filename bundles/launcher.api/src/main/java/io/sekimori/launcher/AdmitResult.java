package io.sekimori.launcher;

import java.time.Duration;

/** The outcome of verifying a generation with the launcher's code. */
public sealed interface AdmitResult {

    /** Evidence and files hold; {@code files} were hashed in {@code took}. */
    record Admitted(int generation, int files, Duration took) implements AdmitResult {}

    /** The generation must not run; {@code code} is stable, {@code detail} is safe to show. */
    record Refused(String code, String detail) implements AdmitResult {}
}
