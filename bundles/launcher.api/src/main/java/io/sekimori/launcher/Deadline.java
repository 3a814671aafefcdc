package io.sekimori.launcher;

import java.time.Duration;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Ends this process when something hangs. It belongs to the launcher, runs on a thread of its own outside all
 * bundles, and asks nobody: on expiry it writes a note for the report of the next start and halts the process with
 * exit code 31. No bundle is stopped. The next start chooses its generation as after a power cut.
 *
 * <p>Thread-safe. One deadline at a time: whoever takes over from its owner finds it with {@link #armed()}.
 */
@ProviderType
public interface Deadline {

    /**
     * Arms the deadline.
     *
     * @param limit from now; greater than zero, at most 24 hours
     * @param why shown in the next start's report, at most 200 characters are kept
     * @throws IllegalStateException if one is armed already
     */
    Armed arm(Duration limit, String why);

    /** The deadline that is armed now. */
    Optional<Armed> armed();

    /** An armed deadline; closing it disarms it. */
    @ProviderType
    interface Armed extends AutoCloseable {

        /** Why it was armed. */
        String why();

        /** The time left; never negative. */
        Duration left();

        /**
         * Sets the limit anew, from now; greater than zero, at most 24 hours.
         *
         * @throws IllegalStateException if it is no longer armed
         */
        void extend(Duration limit);

        /** Disarms; does nothing the second time. */
        @Override
        void close();
    }
}
