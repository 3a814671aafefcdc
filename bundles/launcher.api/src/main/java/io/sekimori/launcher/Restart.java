package io.sekimori.launcher;

import org.osgi.annotation.versioning.ProviderType;

/** A new process: stops this framework in an orderly, bounded way and exits with 30, on which the start script starts again. */
@ProviderType
public interface Restart {

    /**
     * Returns at once; the stop happens on the launcher's thread. The second call does nothing.
     *
     * @param why printed in the log, at most 200 characters are kept
     */
    void restart(String why);
}
