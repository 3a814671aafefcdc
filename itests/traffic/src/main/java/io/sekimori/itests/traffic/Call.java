package io.sekimori.itests.traffic;

import java.time.Duration;

/**
 * One call as the hardest caller makes it: it looks the service up once, uses it, holds on to it, and uses it again,
 * whatever has become of the provider in between. Used by one thread at a time.
 */
@FunctionalInterface
public interface Call {

    /**
     * Makes the call.
     *
     * @param pause how to spend the time between the two uses
     * @throws LostCall if the service was absent, failed, or answered wrongly
     * @throws InterruptedException if the load ends first; the call then counts as not made
     */
    void make(Pause pause) throws LostCall, InterruptedException;

    /** Waits for a time that differs from call to call. */
    @FunctionalInterface
    interface Pause {
        void spend() throws InterruptedException;
    }

    /** How a call is chosen a length. */
    @FunctionalInterface
    interface Lengths {
        Duration next();
    }
}
