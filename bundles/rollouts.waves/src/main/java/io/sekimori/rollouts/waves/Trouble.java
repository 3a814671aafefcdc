package io.sekimori.rollouts.waves;

import io.sekimori.rollouts.RolloutException;
import org.jspecify.annotations.Nullable;

/** Has each of several things tried, whatever becomes of the others, and throws the first trouble at the end. Not thread-safe. */
final class Trouble {

    private @Nullable RolloutException told;
    private @Nullable RuntimeException untold;

    /** Something that may fail. */
    interface Attempt {
        void run() throws RolloutException;
    }

    void during(Attempt attempt) {
        try {
            attempt.run();
        } catch (RolloutException e) {
            add(e);
        } catch (RuntimeException e) {
            untold = untold == null ? e : untold;
        }
    }

    void add(RolloutException e) {
        told = told == null ? e : told;
    }

    /** What nobody expected goes first. */
    void raise() throws RolloutException {
        if (untold != null) {
            throw untold;
        }
        if (told != null) {
            throw told;
        }
    }
}
