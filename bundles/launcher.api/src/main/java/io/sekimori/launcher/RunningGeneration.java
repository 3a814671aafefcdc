package io.sekimori.launcher;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The generation with which this process was started, as it was verified. It does not change when an update is
 * committed without a new process.
 *
 * <p>Thread-safe; every answer is immutable.
 */
@ProviderType
public interface RunningGeneration {

    /** The number of the generation, 1 or greater. */
    int number();

    /** The absolute path of the unit directory. */
    Path unit();

    /** The id of the slot this process runs from: 64 lower-case hex digits. */
    String slot();

    /** Why this generation was chosen at this start. */
    StartReason reason();

    /** The stable code of why another generation was not started; empty unless {@link StartReason#FELL_BACK}. */
    Optional<String> fallBackCode();

    /** How many files were hashed and found as vouched for: bundles, and files of the slot. */
    int filesVerified();

    /** How long checking signatures and files took, before the framework was started. */
    Duration verifyTime();

    /** The signed configurations of the generation: PID to values. Empty when it has none. */
    Map<String, Map<String, Object>> configurations();
}
