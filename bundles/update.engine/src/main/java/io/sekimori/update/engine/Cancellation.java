package io.sekimori.update.engine;

import io.sekimori.update.Reason;
import io.sekimori.update.UpdateCode;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A request to end a transition, which can be made until the commit begins. Either the request or the commit wins, never
 * both. Thread-safe.
 */
final class Cancellation {

    private sealed interface State {
        record Open() implements State {}

        record Requested(Reason reason) implements State {}

        record TooLate() implements State {}
    }

    private final AtomicReference<State> state = new AtomicReference<>(new State.Open());
    private final CountDownLatch requested = new CountDownLatch(1);

    /** Asks for the end; false if the commit has begun or somebody has asked already. */
    boolean request(Reason reason) {
        boolean first =
                state.get() instanceof State.Open open && state.compareAndSet(open, new State.Requested(reason));
        if (first) {
            requested.countDown();
        }
        return first;
    }

    /** Shuts the door: true if nobody has asked, and then nobody can any more. */
    boolean close() {
        return state.get() instanceof State.Open open && state.compareAndSet(open, new State.TooLate());
    }

    /** Why the end was asked for, if it was. */
    Optional<Reason> reason() {
        return state.get() instanceof State.Requested asked ? Optional.of(asked.reason()) : Optional.empty();
    }

    /** Returns unless the end was asked for. */
    void check() throws Stopped {
        Optional<Reason> reason = reason();
        if (reason.isPresent()) {
            throw new Stopped(reason.get());
        }
    }

    /** Waits, and stops waiting at once when the end is asked for. */
    void pause(long millis) throws Stopped {
        try {
            if (requested.await(millis, TimeUnit.MILLISECONDS)) {
                check();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Stopped(UpdateCode.ENGINE_STOPPED, "the engine's thread was interrupted", e);
        }
    }
}
