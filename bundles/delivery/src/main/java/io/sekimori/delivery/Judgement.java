package io.sekimori.delivery;

import io.sekimori.update.Outcome;
import io.sekimori.update.TransitionReport;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Whether an assignment is worth a try, from what the engine remembers of earlier ones. Nothing of its own is kept, so
 * that a restart or a swap in the middle of a transition changes nothing. What failed for a cause outside the assignment,
 * such as a network or a full disk, is tried again for as long as the console wants it.
 */
final class Judgement {

    /** Causes that go away without another assignment. */
    private static final Set<String> PASSING = Set.of(
            "DOWNLOAD_FAILED",
            "DOWNLOAD_STALLED",
            "SOURCE_FILE_MISSING",
            "DISK_FULL",
            "UPDATES_DISABLED",
            "TRANSITION_OPEN",
            "UPDATER_BUSY",
            "NOT_CONFIRMED",
            "AUDIT_UNAVAILABLE",
            "KEYS_UNAVAILABLE",
            "CONFIG_UNAVAILABLE",
            "JOURNAL_UNWRITABLE",
            "ENGINE_STOPPED",
            "PROCESS_ENDED");

    private final Settings settings;
    private final List<TransitionReport> recent;

    /** @param recent finished transitions, newest first */
    Judgement(Settings settings, List<TransitionReport> recent) {
        this.settings = settings;
        this.recent = List.copyOf(recent);
    }

    /** Whether it should be tried at {@code now}. */
    boolean worthATry(long assignment, Instant now) {
        List<TransitionReport> tries = recent.stream()
                .filter(report -> report.assignment() == assignment)
                .toList();
        if (tries.isEmpty()) {
            return true;
        }
        if (tries.stream().anyMatch(Judgement::settled)) {
            return false;
        }
        long spent = tries.stream().filter(report -> !passing(report)).count();
        Duration pause = settings.pauseAfter(tries.size());
        // Whatever the clock did in between: an end in the future delays nothing.
        Instant last = tries.get(0).ended();
        return spent < settings.tries()
                && (last.isAfter(now) || !last.plus(pause).isAfter(now));
    }

    /** Whether it is done with: it runs, or it ran when it was asked for. */
    private static boolean settled(TransitionReport report) {
        return report.outcome() instanceof Outcome.Confirmed
                || report.outcome() instanceof Outcome.Refused refused
                        && refused.reason().code().equals("NOTHING_TO_DO");
    }

    private static boolean passing(TransitionReport report) {
        if (report.outcome() instanceof Outcome.Refused refused) {
            return PASSING.contains(refused.reason().code());
        }
        return report.outcome() instanceof Outcome.Interrupted interrupted
                && PASSING.contains(interrupted.reason().code());
    }
}
