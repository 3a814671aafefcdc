package io.sekimori.generation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What one start of a unit came to, as {@code state/start.json} keeps it.
 *
 * @param at when the launcher began, whole milliseconds
 * @param pid process id of the launcher
 * @param phase how far it got; one that died keeps the last phase it reached
 * @param generation what was started; empty if nothing could be
 * @param reason NORMAL, TRIAL or FELL_BACK, as the launcher's api names them; empty if nothing was started
 * @param triesLeft of the trial, after this start was counted; empty if it is no trial
 * @param passedOver generations that should have started before this one, and why they did not
 * @param slot id of the slot the launcher runs from; empty if it could not be found out
 * @param java version of the Java runtime
 * @param filesVerified how many files were hashed
 * @param verifyTime for signatures and files
 * @param readyTime from the begin to the start level reached; zero before that
 * @param notStarted bundles that were to start and did not, and why
 * @param findings what somebody should look at though it stopped nothing
 * @param lastWords what the process before this one left
 */
public record StartReport(
        Instant at,
        long pid,
        Phase phase,
        Optional<Integer> generation,
        Optional<String> reason,
        Optional<Integer> triesLeft,
        List<PassedOver> passedOver,
        Optional<String> slot,
        String java,
        int filesVerified,
        Duration verifyTime,
        Duration readyTime,
        List<NotStarted> notStarted,
        List<Finding> findings,
        Optional<LastWords> lastWords) {

    /** Copies the lists. */
    public StartReport {
        passedOver = List.copyOf(passedOver);
        notStarted = List.copyOf(notStarted);
        findings = List.copyOf(findings);
    }

    /** How far a start got. */
    public enum Phase {
        /** No generation could be started. */
        REFUSED,
        /** A generation was verified; its framework was being started. */
        STARTING,
        /** The start level of the generation was reached. */
        READY,
        /** It was stopped in an orderly way. */
        STOPPED
    }

    /** A generation that was not started, with a stable code and a detail that is safe to show. */
    public record PassedOver(int generation, String code, String detail) {}

    /** A bundle, as {@code symbolic name/version}, that did not start. */
    public record NotStarted(String bundle, String detail) {}

    /** Something to look at, with a stable code and a detail that is safe to show. */
    public record Finding(String code, String detail) {}
}
