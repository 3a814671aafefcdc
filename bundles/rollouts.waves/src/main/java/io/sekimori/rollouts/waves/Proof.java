package io.sekimori.rollouts.waves;

import io.sekimori.fleet.DeviceReport;
import io.sekimori.rollouts.RolloutCode;
import io.sekimori.rollouts.TargetState;
import io.sekimori.update.Waiting;
import java.util.Optional;

/** What a verified report proves about a target. Pure, so the same report may be judged again and again. */
final class Proof {

    /** So often may others get ahead of an assignment before it is given up. */
    static final int MOST_TRIES = 5;

    private Proof() {}

    /**
     * What is known of a target that was assigned something.
     *
     * @param code why it is where it is; empty if that needs no words
     * @param base digest of what it ran when the assignment was made
     * @param wanted digest of what the assignment has
     * @param ended whether its rollout assigns nothing any more
     * @param takenBack 0 if nobody has it taken back, below as long as that is not signed, then the version that takes it back
     */
    record Pending(
            TargetState state,
            String code,
            long assignment,
            String base,
            String wanted,
            int tries,
            boolean ended,
            long takenBack) {

        /** Whether its outcome is known, which silence is not. */
        boolean isOver() {
            return state.settled() && state != TargetState.SILENT;
        }
    }

    /** Where a target goes. The detail may quote a gateway, so it is cut and cleaned to what the records take. */
    record Move(TargetState to, String code, String detail) {

        private static final int MOST_CHARACTERS = 2_000;

        Move {
            String cut = detail.length() > MOST_CHARACTERS ? detail.substring(0, MOST_CHARACTERS) : detail;
            detail = cut.replaceAll("[\\p{Cntrl}\\p{Cs}]", "?");
        }

        static Move of(TargetState to, RolloutCode code, String detail) {
            return new Move(to, code.name(), detail);
        }
    }

    /** The move that {@code report} proves; empty if it proves nothing new. */
    static Optional<Move> judge(Pending target, DeviceReport report) {
        return verdict(target, report)
                .filter(move -> move.to() != target.state()
                        || move.to() == TargetState.ASSIGNED && !move.code().equals(target.code()));
    }

    private static Optional<Move> verdict(Pending target, DeviceReport report) {
        Optional<DeviceReport.Transition> own = report.transition()
                .filter(last -> last.assignment() == target.assignment() && !isOutdated(last, report));
        if (target.takenBack() != 0 && report.fellBack().isEmpty()) {
            return TakenBack.verdict(target, report);
        }
        if (target.takenBack() != 0 && TakenBack.isToldAfterFall(target, report)) {
            return TakenBack.afterFall(target, report);
        }
        BundleSet runs = BundleSet.of(report);
        // What is to run by the same bundles, if at other start levels, shows nothing: then this assignment must have
        // ended well.
        boolean seen = target.base().equals(target.wanted())
                ? report.assignment() == target.assignment()
                        || own.filter(Proof::isDone).isPresent()
                : report.accepted() >= target.assignment() || own.isPresent();
        boolean over = target.isOver();
        boolean fresh = over ? report.assignment() == target.assignment() : seen || !runs.is(target.base());
        if (report.confirmed() && runs.is(target.wanted()) && fresh) {
            return Optional.of(shown(new Move(TargetState.CONFIRMED, "", ""), report));
        }
        if (report.fellBack().isPresent()) {
            boolean confirmed = own.filter(last -> last.outcome() == DeviceReport.Outcome.CONFIRMED)
                    .isPresent();
            if ((confirmed || took(target.state(), target.code())) && target.assignment() > report.assignment()) {
                return Optional.of(Move.of(
                        TargetState.REVERTED,
                        RolloutCode.FELL_BACK,
                        report.fellBack().get()));
            }
            if (confirmed || own.isEmpty()) {
                return Optional.empty();
            } // what was assigned after the fall ends as anywhere else
        }
        if (own.isPresent()) {
            return ended(own.get(), report).filter(move -> !over || move.to() != TargetState.ASSIGNED);
        }
        if (!report.confirmed() || over) {
            return Optional.empty();
        }
        boolean overtaken = report.accepted() > target.assignment();
        if (overtaken || !runs.is(target.base())) {
            return Optional.of(changed(target, report));
        }
        return Optional.empty();
    }

    /** Where it goes by a report that finds all as signed; nothing else proves that it runs what it says. */
    static Move shown(Move move, DeviceReport report) {
        return report.isAsSigned()
                ? move
                : Move.of(TargetState.FAILED, RolloutCode.NOT_AS_SIGNED, String.join("; ", report.changed()));
    }

    /** Whether it took what it was assigned and runs it, as far as is known: that it is not as signed does not undo it. */
    static boolean took(TargetState state, String code) {
        return state == TargetState.CONFIRMED
                || state == TargetState.FAILED && code.equals(RolloutCode.NOT_AS_SIGNED.name());
    }

    private static boolean isDone(DeviceReport.Transition last) {
        return last.outcome() == DeviceReport.Outcome.CONFIRMED || last.code().equals("NOTHING_TO_DO");
    }

    /** It came late, and a newer one was accepted before it: that it is refused says nothing of it. */
    private static boolean isOutdated(DeviceReport.Transition last, DeviceReport report) {
        return last.outcome() == DeviceReport.Outcome.REFUSED
                && last.code().equals("ASSIGNMENT_ROLLBACK")
                && report.accepted() > last.assignment();
    }

    private static Optional<Move> ended(DeviceReport.Transition last, DeviceReport report) {
        return switch (last.outcome()) {
            case REFUSED ->
                Optional.of(new Move(
                        Waiting.of(last.code()).isPresent() ? TargetState.ASSIGNED : TargetState.REFUSED,
                        last.code(),
                        last.detail()));
            case REVERTED -> Optional.of(new Move(TargetState.REVERTED, last.code(), last.detail()));
            case CANCELLED -> Optional.of(new Move(TargetState.FAILED, "CANCELLED", last.by()));
            case INTERRUPTED -> Optional.of(new Move(TargetState.FAILED, last.code(), last.detail()));
            case CONFIRMED -> otherwise(last, report);
        };
    }

    /** It confirmed what was assigned, and that is not what runs. */
    private static Optional<Move> otherwise(DeviceReport.Transition last, DeviceReport report) {
        // At what it accepted since then it may be running none that it knows for a moment.
        boolean unknown = report.generation() == 0 && report.accepted() <= last.assignment();
        if (!report.confirmed() && !unknown) {
            return Optional.empty();
        }
        Move other = Move.of(TargetState.FAILED, RolloutCode.RUNS_OTHERWISE, "other bundles than the assigned ones");
        return Optional.of(shown(other, report));
    }

    /** The unit was changed by other means: a fact, on which the assignment is made anew. */
    private static Move changed(Pending target, DeviceReport report) {
        String how = report.transition()
                .map(last -> "by " + last.by() + ", assignment " + last.assignment())
                .orElse("generation " + report.generation());
        if (target.ended()) {
            return Move.of(TargetState.CANCELLED, RolloutCode.SUPERSEDED, how);
        }
        return target.tries() >= MOST_TRIES
                ? Move.of(TargetState.FAILED, RolloutCode.OVERTAKEN, how)
                : new Move(TargetState.WAITING, "", "made anew, since it was changed meanwhile: " + how);
    }
}
