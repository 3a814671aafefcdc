package io.sekimori.update.engine;

import io.sekimori.generation.Pointer;
import io.sekimori.update.Outcome;
import java.io.IOException;
import java.util.Optional;

/**
 * Cleans up after a transition whose process ended in the middle: configurations go back to where they were unless the
 * next generation was confirmed. Confined to the engine's thread.
 */
final class Aftermath {

    private static final long LOOK_AGAIN_MILLIS = 50;

    private final Surroundings around;

    Aftermath(Surroundings around) {
        this.around = around;
    }

    /** Settles as much as can be settled, and writes what cannot into the log of the try. */
    void settle(Transition transition, Outcome outcome) {
        Optional<Journal.Kept> kept = transition.journal().snapshot();
        ConfigurationKeeper configurations = new ConfigurationKeeper(around.capabilities());
        if (kept.isPresent()) {
            try {
                awaitConfigurations(transition);
                if (!(outcome instanceof Outcome.Confirmed)) {
                    configurations.restore(kept.get(), transition.id());
                }
                configurations.forget(kept.get());
            } catch (Stopped e) {
                transition.log().line("configurations not restored: " + e.getMessage());
            }
        }
        try {
            new Pointer(around.unit()).endTrial();
        } catch (IOException e) {
            transition.log().line("trial not ended: " + e.getMessage());
        }
    }

    // At a start the config service may come up after the engine.
    private void awaitConfigurations(Transition transition) throws Stopped {
        long start = System.nanoTime();
        long limit = around.policy().get().settle().toNanos();
        while (around.capabilities().configurations().isEmpty() && System.nanoTime() - start < limit) {
            transition.cancellation().pause(LOOK_AGAIN_MILLIS);
        }
    }
}
