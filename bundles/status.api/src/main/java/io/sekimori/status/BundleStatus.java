package io.sekimori.status;

import java.util.Objects;

/**
 * A bundle of the running framework, or one that should be in it.
 *
 * @param name symbolic name, at most 200 characters
 * @param version as its manifest says
 * @param sha256 under which it was admitted, 64 lower-case hex digits; empty if it never was
 * @param verdict whether its file is vouched for, as found now
 * @param code why it is not; empty if it is
 * @param state {@code ACTIVE}, {@code STARTING}, {@code STOPPING}, {@code RESOLVED}, {@code INSTALLED}, or {@code ABSENT}
 */
public record BundleStatus(String name, String version, String sha256, Verdict verdict, String code, String state) {

    /** Stable names: add, never rename. */
    public enum Verdict {
        /** Frozen evidence, verified from the anchors, says that this file may run, and the file is that one. */
        VOUCHED,
        /** Nothing says so, or the file is another. */
        REFUSED
    }

    /** @throws IllegalArgumentException if verdict and code contradict each other */
    public BundleStatus {
        name = Text.safe(name, 200);
        version = Text.safe(version, 100);
        Objects.requireNonNull(sha256, "sha256");
        Objects.requireNonNull(state, "state");
        if (code.isEmpty() != (verdict == Verdict.VOUCHED)) {
            throw new IllegalArgumentException("what is refused has a code, what is vouched for has none");
        }
    }
}
