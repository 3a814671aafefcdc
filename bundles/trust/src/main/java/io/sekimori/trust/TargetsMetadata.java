package io.sekimori.trust;

import java.util.List;
import java.util.Map;

/** Top-level targets (4.5), of the release repository or of a director. Parsed, not yet trusted. */
record TargetsMetadata(Envelope envelope, Header header, JsonObject targets) {

    static final String FILE = "targets.json";

    static TargetsMetadata parse(Envelope envelope, Document document) throws TrustException {
        try {
            return new TargetsMetadata(envelope, Header.of(envelope, document), envelope.signed.object("targets"));
        } catch (MalformedJson e) {
            throw Envelope.malformed(envelope.name, e);
        }
    }

    /** The targets file that the snapshot names: length, hash, signatures, version (5.6.1 to 5.6.4). */
    static TargetsMetadata signed(byte[] bytes, SnapshotMetadata snapshot, RootMetadata root) throws TrustException {
        Envelope envelope = Envelope.parse(Repository.RELEASE.nameOf(FILE), Document.TARGETS, bytes);
        snapshot.targets().requireContent(envelope, TrustCode.TARGETS_LENGTH, TrustCode.TARGETS_HASH);
        root.requireSigned(envelope, Document.TARGETS);
        TargetsMetadata targets = parse(envelope, Document.TARGETS);
        snapshot.targets().requireVersion(targets.header, TrustCode.TARGETS_VERSION);
        targets.requireNoDelegations(TrustCode.TARGETS_DELEGATIONS);
        return targets;
    }

    /** The assignment that a director signed. It has no timestamp and no snapshot beside it. */
    static TargetsMetadata assignment(byte[] bytes, RootMetadata root) throws TrustException {
        Envelope envelope = Envelope.parse(Repository.DIRECTOR.nameOf(FILE), Document.ASSIGNMENT, bytes);
        root.requireSigned(envelope, Document.ASSIGNMENT);
        TargetsMetadata targets = parse(envelope, Document.ASSIGNMENT);
        targets.requireNoDelegations(TrustCode.ASSIGNMENT_DELEGATIONS);
        return targets;
    }

    // To ignore delegations could mean to miss a restriction that the publisher relies on.
    private void requireNoDelegations(TrustCode code) throws TrustException {
        Object delegations = envelope.signed.asMap().get("delegations");
        boolean none = delegations == null
                || delegations instanceof Map<?, ?> map
                        && !map.containsKey("succinct_roles")
                        && List.of().equals(map.get("roles"));
        if (!none) {
            throw new TrustException(code, envelope.name + " has delegations");
        }
    }
}
