package io.sekimori.rollouts.waves;

import io.sekimori.fleet.DeviceReport;
import io.sekimori.fleet.DeviceReport.Outcome;
import io.sekimori.fleet.DeviceReport.Transition;
import io.sekimori.rollouts.RolloutCode;
import io.sekimori.rollouts.TargetState;
import io.sekimori.rollouts.waves.Proof.Move;
import io.sekimori.rollouts.waves.Proof.Pending;
import io.sekimori.update.Waiting;
import java.util.Optional;

/**
 * What a report proves of a target that was taken back. It is not called cancelled before the gateway has said that it ended
 * it, or has accepted a later number, after which it accepts this one no more, and runs none that may be it. Pure.
 */
final class TakenBack {

    private TakenBack() {}

    /** Where it goes; empty if the report proves nothing of it yet. */
    static Optional<Move> verdict(Pending target, DeviceReport report) {
        // What was assigned after it was taken back may be the same again, and is another thing.
        boolean before = target.takenBack() < 0 || report.assignment() < target.takenBack();
        // What runs by this very number is this, also where something on the unit was changed after it.
        boolean same = report.assignment() == target.assignment()
                || report.assignment() > target.assignment()
                        && BundleSet.of(report).is(target.wanted());
        if (report.confirmed() && before && same) {
            Move late = Move.of(
                    TargetState.CONFIRMED, RolloutCode.TAKEN_BACK_TOO_LATE, "generation " + report.generation());
            return Optional.of(Proof.shown(late, report));
        }
        if (target.isOver()) {
            return Optional.empty();
        }
        Optional<Transition> own = report.transition().filter(last -> last.assignment() == target.assignment());
        if (own.isPresent()) {
            return ended(own.get());
        }
        // A number between may be this once more, signed anew.
        boolean other = report.assignment() < target.assignment() || !before;
        return report.confirmed() && report.accepted() > target.assignment() && other
                ? cancelled("since it accepted " + report.accepted())
                : Optional.empty();
    }

    /** Whether a gateway that runs its fallback, and so confirms nothing, says that this is ended or accepted no more. */
    static boolean isToldAfterFall(Pending target, DeviceReport report) {
        return report.transition()
                .filter(last -> last.assignment() == target.assignment()
                        ? last.outcome() == Outcome.CANCELLED
                        : last.assignment() > target.assignment() && last.code().equals(RolloutCode.TAKEN_BACK.name()))
                .isPresent();
    }

    /** Where it goes then; what had another end keeps that. */
    static Optional<Move> afterFall(Pending target, DeviceReport report) {
        return target.isOver() ? Optional.empty() : cancelled(report.fellBack().orElse(""));
    }

    // What was interrupted, or waits, may be tried again until the gateway has heard that it is void.
    private static Optional<Move> ended(Transition last) {
        return switch (last.outcome()) {
            case CANCELLED -> cancelled(last.by());
            case REVERTED -> Optional.of(new Move(TargetState.REVERTED, last.code(), last.detail()));
            case REFUSED ->
                Waiting.of(last.code()).isPresent()
                        ? Optional.empty()
                        : Optional.of(new Move(TargetState.REFUSED, last.code(), last.detail()));
            case INTERRUPTED, CONFIRMED -> Optional.empty();
        };
    }

    private static Optional<Move> cancelled(String how) {
        return Optional.of(Move.of(TargetState.CANCELLED, RolloutCode.TAKEN_BACK, how));
    }
}
