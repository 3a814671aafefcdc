package io.sekimori.fleet;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a gateway said of itself, after its signature was verified with the key bound to it at enrolment.
 *
 * @param sequence grows with every report of that device key
 * @param made when, by the gateway's clock
 * @param nonce what the report answers; empty if nobody asked
 * @param generation the generation it runs
 * @param assignment version of the assignment that generation came from; 0 if it came from none of this console
 * @param bundles what it runs, at most {@value #MAX_BUNDLES}
 * @param transition the newest transition, if there was one
 */
public record DeviceReport(
        long sequence,
        Instant made,
        String nonce,
        int generation,
        long assignment,
        List<RunningBundle> bundles,
        Optional<Transition> transition) {

    /** The most bundles one gateway runs. */
    public static final int MAX_BUNDLES = 1_000;

    /** @throws IllegalArgumentException if a number is negative or there are too many bundles */
    public DeviceReport {
        Bounds.require(sequence >= 0 && generation >= 0 && assignment >= 0, "numbers of a report are not negative");
        Bounds.require(bundles.size() <= MAX_BUNDLES, "more than " + MAX_BUNDLES + " bundles");
        bundles = List.copyOf(bundles);
        nonce = Bounds.cleaned(nonce, 200);
    }

    /** Whether the gateway runs exactly {@code wanted}: nothing else, nothing less, and the same bytes. */
    public boolean runsExactly(Set<RunningBundle> wanted) {
        return new HashSet<>(bundles).equals(wanted);
    }

    /** How a transition ended. Stable names: add, never rename. */
    public enum Outcome {
        /** It goes on. */
        OPEN,
        /** The next generation is confirmed. */
        CONFIRMED,
        /** Refused before anything was touched. */
        REFUSED,
        /** Tried and taken back. */
        REVERTED,
        /** Ended by a person. */
        CANCELLED,
        /** The process ended in the middle; the generation before runs. */
        INTERRUPTED
    }

    /**
     * The newest transition of a gateway.
     *
     * @param id its name on the gateway
     * @param assignment version of the assignment it was to fulfil; 0 if unknown
     * @param outcome how it ended
     * @param code why, {@code UPPER_SNAKE}; empty if it was confirmed
     * @param detail more words on it, cleaned, at most 2,000 characters
     */
    public record Transition(String id, long assignment, Outcome outcome, String code, String detail) {

        /** @throws IllegalArgumentException if the assignment is negative */
        public Transition {
            Bounds.require(assignment >= 0, "an assignment's version is not negative");
            id = Bounds.cleaned(id, 100);
            code = Bounds.cleaned(code, 64);
            detail = Bounds.cleaned(detail, 2_000);
        }
    }
}
