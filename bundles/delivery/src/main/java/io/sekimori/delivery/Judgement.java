package io.sekimori.delivery;

import io.sekimori.update.Outcome;
import io.sekimori.update.TransitionReport;
import io.sekimori.update.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether an assignment is worth a try, from what the engine remembers of earlier ones. Nothing of its own is kept, so
 * that a restart or a swap in the middle of a transition changes nothing. What failed for a cause outside the assignment,
 * such as a network or a full disk, is tried again for as long as the console wants it.
 */
final class Judgement {

    /** Causes that go away without another assignment, beside {@link Waiting}. */
    private static final Set<String> PASSING = Set.of(
            "DOWNLOAD_FAILED",
            "DOWNLOAD_STALLED",
            "SOURCE_FILE_MISSING",
            "DISK_FULL",
            "UPDATES_DISABLED",
            "ORIGIN_NOT_ALLOWED",
            "ROLLBACK_NOT_ALLOWED",
            "PERMIT_AHEAD",
            "FLOOR_RISEN", // a permit may come, and a console that knows the floor offers it no more
            "WITHDRAWALS_UNUSABLE",
            "TRANSITION_OPEN",
            "UPDATER_BUSY",
            "NOT_CONFIRMED",
            "AUDIT_UNAVAILABLE",
            "KEYS_UNAVAILABLE",
            "CONFIG_UNAVAILABLE",
            "JOURNAL_UNWRITABLE",
            "ENGINE_STOPPED",
            "PROCESS_ENDED");

    /** Of those, the ones that the engine says beforehand; a window must not be missed by a pause. */
    private static final Set<String> FORESEEN = Set.of(
            "UPDATES_DISABLED",
            "ORIGIN_NOT_ALLOWED",
            "DOWNLOAD_BY_HAND",
            "INSTALL_BY_HAND",
            "DEFERRED",
            "OUTSIDE_WINDOW");

    /** Of those, the ones that other approvals make go away, which a console offers when it has them. */
    private static final Set<String> UNAPPROVED = Set.of(
            "APPROVALS_MISSING", "APPROVALS_EXPIRED", "APPROVALS_OTHER", "APPROVALS_BROKEN", "APPROVALS_WITHDRAWN");

    /** Of those, the ones for which the engine begins nothing that could be reported. */
    private static final Set<String> NOT_BEGUN = Set.of("UPDATES_DISABLED", "ORIGIN_NOT_ALLOWED");

    /** What no other try would change. */
    private static final Set<String> SETTLED = Set.of("NOTHING_TO_DO", "TAKEN_BACK", "TAKEN_BACK_TOO_LATE");

    private final Settings settings;
    private final List<TransitionReport> recent;
    private final Optional<String> hindrance;

    /**
     * @param recent finished transitions, newest first
     * @param hindrance why the engine would not install anything now, whatever it is; empty if it would
     */
    Judgement(Settings settings, List<TransitionReport> recent, Optional<String> hindrance) {
        this.settings = settings;
        this.recent = List.copyOf(recent);
        this.hindrance = hindrance;
    }

    /** Whether it should be tried at {@code now}. */
    boolean worthATry(long assignment, Instant now) {
        if (hindrance.filter(NOT_BEGUN::contains).isPresent()) {
            return false;
        }
        List<TransitionReport> tries = recent.stream()
                .filter(report -> report.assignment() == assignment)
                .toList();
        if (tries.isEmpty()) {
            return true;
        }
        if (tries.stream().anyMatch(Judgement::settled)) {
            return false;
        }
        if (code(tries.get(0)).filter(FORESEEN::contains).isPresent()) {
            // It is downloaded and reported; there is nothing to do until the hindrance is gone.
            return hindrance.isEmpty();
        }
        long spent = tries.stream().filter(report -> !passing(report)).count();
        Duration pause = settings.pauseAfter(tries.size());
        // Whatever the clock did in between: an end in the future delays nothing.
        Instant last = tries.get(0).ended();
        return spent < settings.tries()
                && (last.isAfter(now) || !last.plus(pause).isAfter(now));
    }

    /** Whether it is not done with, and the last try of it, if there was one, ended for a cause that goes away. */
    boolean waits(long assignment) {
        List<TransitionReport> tries = recent.stream()
                .filter(report -> report.assignment() == assignment)
                .toList();
        return tries.stream().noneMatch(Judgement::settled)
                && (tries.isEmpty() ? hindrance.isPresent() : passing(tries.get(0)));
    }

    /** Whether it was tried, and people must approve it before it is worth another try. */
    boolean unapproved(long assignment) {
        return recent.stream()
                .filter(report -> report.assignment() == assignment)
                .findFirst()
                .flatMap(Judgement::code)
                .filter(UNAPPROVED::contains)
                .isPresent();
    }

    /**
     * Whether a newer one was accepted here, so that this one would be refused: a message may wait at the broker while the gateway
     * asks by itself and hears what came after it.
     */
    boolean overtaken(long assignment) {
        return recent.stream().anyMatch(report -> report.assignment() > assignment && wasAccepted(report));
    }

    // A number that was only claimed proves nothing; so what was refused counts if it was for what is asked after
    // acceptance.
    private static boolean wasAccepted(TransitionReport report) {
        return !(report.outcome() instanceof Outcome.Refused)
                ? report.outcome() instanceof Outcome.Confirmed || report.outcome() instanceof Outcome.Reverted
                : code(report)
                        .filter(code -> SETTLED.contains(code)
                                || Waiting.of(code)
                                        .filter(waiting -> waiting != Waiting.TIME_UNTRUSTED)
                                        .isPresent())
                        .isPresent();
    }

    /** Whether it is done with: it runs, or it ran when it was asked for, or what it takes back is taken back or runs. */
    private static boolean settled(TransitionReport report) {
        return report.outcome() instanceof Outcome.Confirmed
                || code(report).filter(SETTLED::contains).isPresent();
    }

    private static Optional<String> code(TransitionReport report) {
        return report.outcome() instanceof Outcome.Refused refused
                ? Optional.of(refused.reason().code())
                : Optional.empty();
    }

    private static boolean passing(TransitionReport report) {
        if (report.outcome() instanceof Outcome.Refused refused) {
            return passing(refused.reason().code());
        }
        return report.outcome() instanceof Outcome.Interrupted interrupted
                && passing(interrupted.reason().code());
    }

    private static boolean passing(String code) {
        return PASSING.contains(code) || Waiting.of(code).isPresent();
    }
}
