package io.sekimori.trust;

import static io.sekimori.trust.Names.require;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a unit says of itself (Uptane 5.4.2.1): the facts an assignment is composed of, and the proof of what became of
 * the last one. {@link SignedReport} is its signed form.
 *
 * @param device SHA-256 of the device's public key (SubjectPublicKeyInfo), 64 lower-case hex digits
 * @param findings signs of tampering, {@code CODE detail}, and of attacks that were refused, {@code ATTACK CODE detail};
 *     empty when everything is as it was verified and nobody tried
 * @param sequence only grows with each report of a unit, through restarts
 * @param nonce what the one who asked sent; empty if nobody did
 * @param noted what a person should know of beside all that
 */
public record UnitReport(
        String device,
        String model,
        String serial,
        Running running,
        Trusted trusted,
        Optional<Last> last,
        List<String> findings,
        Instant time,
        long sequence,
        String nonce,
        Noted noted) {

    /** A report with nothing noted. */
    public UnitReport(
            String device,
            String model,
            String serial,
            Running running,
            Trusted trusted,
            Optional<Last> last,
            List<String> findings,
            Instant time,
            long sequence,
            String nonce) {
        this(device, model, serial, running, trusted, last, findings, time, sequence, nonce, Noted.NOTHING);
    }

    /** @throws IllegalArgumentException if a part is malformed */
    public UnitReport {
        Names.requireSha256(device);
        Names.requireModel(model);
        require(sequence >= 1, "sequence must be at least 1");
        require(nonce.matches("[A-Za-z0-9_-]{0,64}"), "a nonce has 0 to 64 of A-Z a-z 0-9 _ -");
        findings = List.copyOf(findings);
    }

    /** Whether the generation that runs is confirmed, so that the next start begins with it, too. */
    public boolean confirmed() {
        return running.generation == running.confirmed;
    }

    /**
     * What is no sign of tampering and yet to be known.
     *
     * @param attacks how many updates that only an attacker offers were refused, since the unit was made
     * @param belowFloor what runs though its counter is below the unit's floor, {@code NAME/VERSION counter N, floor M}: a
     *     permit allowed it
     * @param approvals what the unit demands of people; empty if it does not say, as units of before
     */
    public record Noted(long attacks, List<String> belowFloor, Optional<ApprovalDemand> approvals) {

        /** Nothing. */
        public static final Noted NOTHING = new Noted(0, List.of());

        /** Without a word on approvals. */
        public Noted(long attacks, List<String> belowFloor) {
            this(attacks, belowFloor, Optional.empty());
        }

        /** @throws IllegalArgumentException if the count is below 0 */
        public Noted {
            require(attacks >= 0, "a number is below 0");
            belowFloor = List.copyOf(belowFloor);
        }
    }

    /**
     * What runs.
     *
     * @param generation its number; 0 if what runs is no generation that is known
     * @param confirmed the number of the confirmed generation
     * @param assignment the version of the assignment that ordered the generation; 0 if none is known
     * @param slot the files of the start class path
     * @param configurations as the generation has them, of String, Long, Boolean or List of String
     */
    public record Running(
            int generation,
            int confirmed,
            long assignment,
            List<Item> bundles,
            List<Item> slot,
            Map<String, Map<String, Object>> configurations) {

        public Running {
            require(generation >= 0 && confirmed >= 0 && assignment >= 0, "a number is below 0");
            bundles = List.copyOf(bundles);
            slot = List.copyOf(slot);
            configurations = Map.copyOf(configurations);
        }
    }

    /**
     * One jar.
     *
     * @param sha256 of its bytes as read when the report was made; empty if it could not be read
     * @param startLevel 1 to 100
     */
    public record Item(String symbolicName, String version, String sha256, int startLevel) {

        /** @throws IllegalArgumentException if a part is malformed */
        public Item {
            Names.requireSymbolicName(symbolicName);
            Names.requireVersion(version);
            if (!sha256.isEmpty()) {
                Names.requireSha256(sha256);
            }
            require(startLevel >= 1 && startLevel <= Assigned.MAX_START_LEVEL, "startLevel must be 1 to 100");
        }
    }

    /**
     * The highest versions of metadata that the unit accepted; 0 for what it has none of.
     *
     * @param assignment of the director's targets, so of the last assignment that was accepted
     */
    public record Trusted(
            long releaseRoot, long timestamp, long snapshot, long targets, long directorRoot, long assignment) {

        /** @throws IllegalArgumentException if a version is below 0 */
        public Trusted {
            require(
                    releaseRoot >= 0
                            && timestamp >= 0
                            && snapshot >= 0
                            && targets >= 0
                            && directorRoot >= 0
                            && assignment >= 0,
                    "a version is below 0");
        }
    }

    /**
     * The last transition that ended.
     *
     * @param assignment the version of the assignment tried, as claimed if it was refused; 0 if not known
     * @param outcome {@code CONFIRMED}, {@code REFUSED}, {@code REVERTED}, {@code CANCELLED} or {@code INTERRUPTED}
     * @param code why; empty if it was confirmed or cancelled
     * @param running the generation that ran when it had ended
     * @param offlineStale since when timestamp or snapshot were past their expiry when it was accepted, as may be on a
     *     medium that {@code person} brought; empty if they were fresh
     */
    public record Last(
            String id,
            int from,
            int to,
            long assignment,
            String outcome,
            int running,
            String code,
            String detail,
            String person,
            String channel,
            Instant started,
            Instant ended,
            Optional<Instant> offlineStale,
            List<Swapped> swaps) {

        public Last {
            require(outcome.matches("[A-Z_]{1,30}"), "an outcome is 1 to 30 of A-Z _");
            require(code.matches("[A-Z0-9_]{0,64}"), "a code is 0 to 64 of A-Z 0-9 _");
            swaps = List.copyOf(swaps);
        }
    }

    /** One bundle's swap, in microseconds: how long neither version was there, and the whole of it. */
    public record Swapped(String symbolicName, String action, long gapMicros, long tookMicros) {}
}
