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
 * @param generation the generation it runs; 0 if what runs is none that it knows
 * @param confirmed whether that generation is confirmed, so that the next start begins with it, too
 * @param assignment version of the assignment that generation came from; 0 if that is not known
 * @param accepted version of the newest assignment it ever accepted; 0 if there was none
 * @param bundles what it runs, at most {@value #MAX_BUNDLES}
 * @param slot what it starts with: launcher, framework, and the Java runtime if one was assigned; at most {@value #MAX_BUNDLES},
 *     empty if the gateway could not tell
 * @param findings signs of tampering that it saw itself; empty when everything is as it was verified
 * @param transition the newest transition that ended, if there was one
 * @param noted what a person should know of beside all that
 */
public record DeviceReport(
        long sequence,
        Instant made,
        String nonce,
        int generation,
        boolean confirmed,
        long assignment,
        long accepted,
        List<RunningBundle> bundles,
        List<RunningBundle> slot,
        List<String> findings,
        Optional<Transition> transition,
        Noted noted) {

    /** A report that says nothing of what it starts with, and has nothing noted. */
    public DeviceReport(
            long sequence,
            Instant made,
            String nonce,
            int generation,
            boolean confirmed,
            long assignment,
            long accepted,
            List<RunningBundle> bundles,
            List<String> findings,
            Optional<Transition> transition) {
        this(
                sequence,
                made,
                nonce,
                generation,
                confirmed,
                assignment,
                accepted,
                bundles,
                List.of(),
                findings,
                transition,
                Noted.NOTHING);
    }

    private static final String ATTACK = "ATTACK ";
    private static final String FELL_BACK = "FELL_BACK ";

    /** The most findings that are kept of one report. */
    public static final int MAX_FINDINGS = 20;

    /** The most bundles one gateway runs. */
    public static final int MAX_BUNDLES = 4_096;

    /** @throws IllegalArgumentException if a number is negative or there are too many bundles */
    public DeviceReport {
        Bounds.require(
                sequence >= 0 && generation >= 0 && assignment >= 0 && accepted >= 0,
                "numbers of a report are not negative");
        Bounds.require(
                bundles.size() <= MAX_BUNDLES && slot.size() <= MAX_BUNDLES, "more than " + MAX_BUNDLES + " bundles");
        bundles = List.copyOf(bundles);
        slot = List.copyOf(slot);
        nonce = Bounds.cleaned(nonce, 64);
        findings = findings.stream()
                .limit(MAX_FINDINGS)
                .map(finding -> Bounds.cleaned(finding, 500))
                .toList();
    }

    /**
     * Whether the gateway runs exactly these for good, and starts with them: nothing else, nothing less, the same bytes,
     * confirmed, and all of it {@linkplain #isAsSigned as signed}.
     */
    public boolean proves(Set<RunningBundle> wantedBundles, Set<RunningBundle> wantedSlot) {
        return isAsSigned()
                && confirmed
                && new HashSet<>(bundles).equals(wantedBundles)
                && new HashSet<>(slot).equals(wantedSlot);
    }

    /**
     * Whether the gateway runs a generation that it knows, and found all of it as it was signed. No report that says
     * otherwise proves success, whatever runs.
     *
     * <p>What a gateway could not read ({@code FILE_UNREADABLE}, {@code STATE_UNREADABLE}) it does not vouch for: whoever
     * can change a file can make it unreadable instead. A disk that failed for a moment is put right by the next report. So
     * is a finding that this console has never heard of: it counts until it is gone.
     */
    public boolean isAsSigned() {
        return generation > 0 && changed().isEmpty();
    }

    /**
     * What the gateway says of a confirmed generation that did not start, so that the one before it runs again; empty if
     * it did not come to that.
     */
    public Optional<String> fellBack() {
        return findings.stream()
                .filter(finding -> finding.startsWith(FELL_BACK))
                .findFirst();
    }

    /**
     * What the gateway found changed since it was verified, or could not read to say: neither an attack that it fended off nor
     * a fall-back.
     */
    public List<String> changed() {
        return findings.stream()
                .filter(finding -> !finding.startsWith(ATTACK) && !finding.startsWith(FELL_BACK))
                .toList();
    }

    /**
     * What is no sign of tampering and yet to be known.
     *
     * @param attacks how many updates that only an attacker offers the gateway refused, since it was made
     * @param belowFloor what runs below its floor since a permit allowed it, cleaned, at most {@value #MAX_FINDINGS}
     */
    public record Noted(long attacks, List<String> belowFloor) {

        /** Nothing. */
        public static final Noted NOTHING = new Noted(0, List.of());

        /** @throws IllegalArgumentException if the count is negative */
        public Noted {
            Bounds.require(attacks >= 0, "a count is not negative");
            belowFloor = belowFloor.stream()
                    .limit(MAX_FINDINGS)
                    .map(one -> Bounds.cleaned(one, 500))
                    .toList();
        }
    }

    /** How a transition ended. Stable names: add, never rename. */
    public enum Outcome {
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
     * @param from the generation it began in
     * @param to the generation it was to lead to
     * @param assignment version of the assignment it was to fulfil; 0 if unknown
     * @param outcome how it ended
     * @param code why, {@code UPPER_SNAKE}; empty if it was confirmed or cancelled
     * @param detail more words on it, cleaned, at most 2,000 characters
     * @param by who asked for it and by which way, cleaned, such as {@code local:root stick}
     * @param ended when, by the gateway's clock
     * @param offlineStale since when the metadata it was accepted with was past its expiry, which a person on site
     *     answered for who brought it on a medium; empty if it was fresh
     */
    public record Transition(
            String id,
            int from,
            int to,
            long assignment,
            Outcome outcome,
            String code,
            String detail,
            String by,
            Instant ended,
            Optional<Instant> offlineStale) {

        /** @throws IllegalArgumentException if the assignment is negative */
        public Transition {
            Bounds.require(assignment >= 0, "an assignment's version is not negative");
            id = Bounds.cleaned(id, 100);
            code = Bounds.cleaned(code, 64);
            detail = Bounds.cleaned(detail, 2_000);
            by = Bounds.cleaned(by, 252);
        }
    }
}
