package io.sekimori.rollouts.waves;

import io.sekimori.rollouts.Counts;
import io.sekimori.rollouts.Limits;
import io.sekimori.rollouts.RolloutCode;
import io.sekimori.rollouts.TargetState;
import java.util.List;
import java.util.Optional;

/** What a running rollout does next, from its counts alone. Pure. */
final class WaveRule {

    private WaveRule() {}

    /** The next step. */
    sealed interface Step {

        /** Nothing to decide yet. */
        record Wait() implements Step {}

        /** A stop condition holds it. */
        record Halt(RolloutCode reason) implements Step {}

        /** The open wave is through. */
        record NextWave() implements Step {}

        /** All is settled. */
        record Finish() implements Step {}
    }

    /**
     * Judges.
     *
     * @param waves the counts of all waves, in order
     * @param borne for each wave what a person bears
     * @param open the open wave, from 1; all before it are open, too
     */
    static Step next(Limits limits, List<Counts> waves, List<Counts> borne, int open) {
        for (int wave = 0; wave < open; wave++) {
            Optional<RolloutCode> broken = broken(limits, waves.get(wave), borne.get(wave));
            if (broken.isPresent()) {
                return new Step.Halt(broken.get());
            }
        }
        Counts current = waves.get(open - 1);
        boolean enough = isEnough(limits, current, borne.get(open - 1));
        if (current.open() == 0 && !enough) {
            return new Step.Halt(RolloutCode.SUCCESS_MISSED);
        }
        if (open < waves.size()) {
            return enough ? new Step.NextWave() : new Step.Wait();
        }
        boolean settled = waves.stream().allMatch(wave -> wave.open() == 0);
        return settled ? new Step.Finish() : new Step.Wait();
    }

    private static Optional<RolloutCode> broken(Limits limits, Counts counts, Counts borne) {
        if (isOver(TargetState.FAILED, limits.failed(), counts, borne)) {
            return Optional.of(RolloutCode.LIMIT_FAILED);
        }
        if (isOver(TargetState.REVERTED, limits.reverted(), counts, borne)) {
            return Optional.of(RolloutCode.LIMIT_REVERTED);
        }
        if (isOver(TargetState.REFUSED, limits.refused(), counts, borne)) {
            return Optional.of(RolloutCode.LIMIT_REFUSED);
        }
        return isOver(TargetState.SILENT, limits.silent(), counts, borne)
                ? Optional.of(RolloutCode.LIMIT_SILENT)
                : Optional.empty();
    }

    private static boolean isOver(TargetState state, int limit, Counts counts, Counts borne) {
        return counts.get(state) - borne.get(state) > limit;
    }

    /** Whether enough of those that still can succeed did: not those that were cancelled or are borne. */
    private static boolean isEnough(Limits limits, Counts counts, Counts borne) {
        long able = (long) counts.total() - counts.get(TargetState.CANCELLED) - bornNow(counts, borne);
        return counts.get(TargetState.CONFIRMED) * 100L >= limits.success() * able;
    }

    /** One that was silent and borne may have been confirmed since, and is not borne any more then. */
    private static int bornNow(Counts counts, Counts borne) {
        int sum = 0;
        for (TargetState state :
                List.of(TargetState.FAILED, TargetState.REVERTED, TargetState.REFUSED, TargetState.SILENT)) {
            sum += Math.min(borne.get(state), counts.get(state));
        }
        return sum;
    }
}
