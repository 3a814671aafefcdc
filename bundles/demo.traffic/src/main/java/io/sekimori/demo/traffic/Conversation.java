package io.sekimori.demo.traffic;

import java.time.Duration;

/**
 * One call as a caller makes it: look the service up once, use it, hold on to it for a while, use it again. It is the
 * hardest case for a swap, since the version may go between the two uses. Implementations are thread-safe.
 */
interface Conversation {

    /** Under which name it is counted. */
    String name();

    /** Whether there is anything to call at all; a capability that was never there loses nothing. */
    boolean expected();

    /**
     * Has the conversation.
     *
     * @param hold how long it lasts at least
     * @throws LostCall if the service was absent, failed, or answered wrongly
     * @throws InterruptedException if the traffic stops; the call counts as not made
     */
    void talk(Hold hold, Duration length) throws LostCall, InterruptedException;

    /** Waits for a duration, and gives up early if the traffic stops. */
    interface Hold {
        void on(Duration length) throws InterruptedException;
    }
}
