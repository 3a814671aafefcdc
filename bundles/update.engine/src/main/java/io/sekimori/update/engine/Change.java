package io.sekimori.update.engine;

import io.sekimori.generation.GenerationBundle;
import io.sekimori.update.PlannedBundle.Action;
import java.util.Optional;

/**
 * What happens to one bundle between two generations.
 *
 * @param before empty for an addition
 * @param after empty for a removal
 * @param why why the action is not simply the bundle's swap mode; else empty
 */
record Change(
        String symbolicName,
        Action action,
        Optional<GenerationBundle> before,
        Optional<GenerationBundle> after,
        String why) {

    Change as(Action other, String reason) {
        return new Change(symbolicName, other, before, after, reason);
    }

    boolean replacesBytes() {
        return action == Action.OVERLAP || action == Action.REPLACE;
    }

    boolean touches() {
        return action != Action.KEEP;
    }

    int startLevel() {
        return after.or(() -> before).orElseThrow().startLevel();
    }
}
