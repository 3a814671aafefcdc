package io.sekimori.update.engine;

import io.sekimori.generation.Confirmed;
import io.sekimori.generation.Generation;
import io.sekimori.generation.Generations;
import io.sekimori.generation.Pointer;
import io.sekimori.launcher.StartReason;
import io.sekimori.trust.MalformedJson;
import io.sekimori.update.UpdateCode;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Which generation runs now. The launcher knows what it started; a commit in the running process moves on from there.
 * Thread-safe.
 */
final class Present {

    /** The generation that runs, and what the pointer says. */
    record Now(Generation generation, Confirmed confirmed) {}

    private final Surroundings around;
    private final RunningBundles bundles;

    Present(Surroundings around, RunningBundles bundles) {
        this.around = around;
        this.bundles = bundles;
    }

    /** Compares the framework with the confirmed generation and with the one that was started. */
    Now now() throws Stopped {
        Confirmed confirmed = confirmed();
        Set<Integer> candidates = new LinkedHashSet<>();
        // Two generations may have the same bundles; then it is the one committed last in this process.
        if (around.launcher().running().reason() != StartReason.FELL_BACK
                && confirmed.generation() > around.launcher().running().number()) {
            candidates.add(confirmed.generation());
        }
        candidates.add(around.launcher().running().number());
        candidates.add(confirmed.generation());
        Stopped why =
                new Stopped(UpdateCode.RUNNING_DIFFERS, "the bundles that run are those of neither of " + candidates);
        for (int number : candidates) {
            try {
                Generation generation = read(number);
                if (bundles.runs(generation)) {
                    return new Now(generation, confirmed);
                }
            } catch (Stopped e) {
                why = e;
            }
        }
        throw why;
    }

    Confirmed confirmed() throws Stopped {
        try {
            return new Pointer(around.unit())
                    .confirmed()
                    .orElseThrow(() -> new Stopped(UpdateCode.STATE_UNREADABLE, "no generation is confirmed"));
        } catch (IOException | MalformedJson e) {
            throw new Stopped(UpdateCode.STATE_UNREADABLE, "the pointer cannot be read", e);
        }
    }

    Generation read(int number) throws Stopped {
        try {
            return new Generations(around.unit())
                    .read(number)
                    .orElseThrow(
                            () -> new Stopped(UpdateCode.STATE_UNREADABLE, "generation " + number + " is missing"));
        } catch (IOException | MalformedJson e) {
            throw new Stopped(UpdateCode.STATE_UNREADABLE, "generation " + number + " cannot be read", e);
        }
    }
}
