package io.sekimori.trust;

import static io.sekimori.trust.Names.require;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A permission for named gateways to run named releases below their floor, for a time. Signed by people with the offline
 * keys of the release repository's targets, as many as these need: neither a console nor its director can make one.
 *
 * @param issued when it was made; no gateway takes it before that
 * @param expires when it ends: from then on nothing is accepted by it; what was confirmed before goes on running
 * @param model of the gateways
 * @param devices SHA-256 of their device keys, at most {@value #MOST_DEVICES}; none for all of the model
 * @param releases exactly these, 1 to {@value #MOST_RELEASES}
 * @param reason for people, 1 to {@value #LONGEST_REASON} characters; kept in audits
 */
public record Permit(
        Instant issued, Instant expires, String model, Set<String> devices, List<Item> releases, String reason) {

    /** The longest time between {@code issued} and {@code expires}. */
    public static final Duration LONGEST = Duration.ofDays(30);

    /** The longest file with one permit. */
    public static final int MAX_BYTES = 64 << 10;

    static final int MOST_DEVICES = 500;
    static final int MOST_RELEASES = 50;
    static final int LONGEST_REASON = 300;
    static final String TYPE = "permit";

    /**
     * One release.
     *
     * @param counter its release counter
     * @param sha256 of its bytes
     */
    public record Item(String symbolicName, String version, long counter, String sha256) {

        /** @throws IllegalArgumentException if a part is malformed */
        public Item {
            Names.requireSymbolicName(symbolicName);
            Names.requireVersion(version);
            Names.requireSha256(sha256);
            require(counter >= 1, "counter must be at least 1");
        }

        /** The one that names this release. */
        public static Item of(Release release) {
            return new Item(release.symbolicName(), release.version(), release.counter(), release.sha256());
        }
    }

    /** @throws IllegalArgumentException if a part is malformed or it lasts too long */
    public Permit {
        require(issued.isBefore(expires), "issued must be before expires");
        require(!issued.plus(LONGEST).isBefore(expires), "a permit ends within " + LONGEST.toDays() + " days");
        Names.requireModel(model);
        devices = Set.copyOf(devices);
        require(devices.size() <= MOST_DEVICES, "more than " + MOST_DEVICES + " devices");
        devices.forEach(Names::requireSha256);
        releases = List.copyOf(releases);
        require(!releases.isEmpty() && releases.size() <= MOST_RELEASES, "1 to " + MOST_RELEASES + " releases");
        require(
                !reason.isBlank() && reason.length() <= LONGEST_REASON && reason.equals(Refusal.harmless(reason)),
                "a reason has 1 to " + LONGEST_REASON + " printable characters");
    }

    /** Whether it was made by then, as far as clocks agree. */
    boolean begun(Instant now) {
        return !now.plus(UpdateTime.SLACK).isBefore(issued);
    }

    /** The document, to be signed by more people with {@link SignedDocument#sign}. */
    public byte[] signed(List<Signer> signers) throws java.io.IOException {
        Map<String, Object> members = new TreeMap<>();
        members.put("_type", TYPE);
        members.put("spec_version", Header.SPEC_VERSION);
        members.put("issued", TufTime.format(issued));
        members.put("expires", TufTime.format(expires));
        members.put("model", model);
        members.put("devices", List.copyOf(new TreeSet<>(devices)));
        members.put("releases", releases.stream().map(Permit::json).toList());
        members.put("reason", reason);
        return SignedFile.bytes(members, signers);
    }

    /** For which gateways it is, whatever they are to run. */
    boolean isFor(UnitFacts unit) {
        return model.equals(unit.model()) && (devices.isEmpty() || devices.contains(unit.device()));
    }

    /** What people look at before they sign. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        releases.forEach(item -> lines.add(
                item.symbolicName() + "/" + item.version() + " counter " + item.counter() + " " + item.sha256()));
        lines.add(model + " " + (devices.isEmpty() ? "*" : String.join(" ", new TreeSet<>(devices))));
        lines.add(reason);
        return lines;
    }

    private static Map<String, Object> json(Item item) {
        return Map.of(
                "symbolicName", item.symbolicName(),
                "version", item.version(),
                "counter", item.counter(),
                "sha256", item.sha256());
    }

    /** Reads one; who signed it is asked elsewhere. */
    static Permit read(Envelope envelope) throws TrustException {
        JsonObject signed = envelope.signed;
        try {
            if (!signed.string("_type").equals(TYPE)) {
                throw new MalformedJson("not of the type " + TYPE);
            }
            List<Item> releases = new ArrayList<>();
            for (JsonObject item : signed.objects("releases")) {
                releases.add(new Item(
                        item.string("symbolicName"),
                        item.string("version"),
                        item.number("counter"),
                        item.string("sha256")));
            }
            return new Permit(
                    TufTime.parse(signed, "issued"),
                    TufTime.parse(signed, "expires"),
                    signed.string("model"),
                    new HashSet<>(signed.strings("devices")),
                    releases,
                    signed.string("reason"));
        } catch (MalformedJson | IllegalArgumentException e) {
            throw new TrustException(TrustCode.PERMIT_MALFORMED, envelope.name + ": " + e.getMessage(), e);
        }
    }
}
