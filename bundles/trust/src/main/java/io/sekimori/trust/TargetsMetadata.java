package io.sekimori.trust;

import java.util.List;
import java.util.Optional;

/**
 * Targets (4.5) of the release repository, at the top or delegated, or of a director. Parsed, not yet trusted.
 *
 * @param delegations in order of appearance; a director's are not read
 */
record TargetsMetadata(Envelope envelope, Header header, JsonObject targets, List<Delegation> delegations) {

    static final String FILE = "targets.json";

    static TargetsMetadata parse(Envelope envelope, Document document) throws TrustException {
        try {
            return new TargetsMetadata(
                    envelope,
                    Header.of(envelope, document),
                    envelope.signed.object("targets"),
                    document == Document.ASSIGNMENT ? List.of() : Delegations.of(envelope));
        } catch (MalformedJson e) {
            throw Envelope.malformed(envelope.name, e);
        }
    }

    /** The targets file that the snapshot names: length, hash, signatures, version (5.6.1 to 5.6.4). */
    static TargetsMetadata signed(byte[] bytes, SnapshotMetadata snapshot, RootMetadata root) throws TrustException {
        String name = Repository.RELEASE.nameOf(FILE);
        snapshot.targets().requireContent(name, bytes, TrustCode.TARGETS_LENGTH, TrustCode.TARGETS_HASH);
        Envelope envelope = Envelope.parse(name, Document.TARGETS, bytes);
        root.requireSigned(envelope, Document.TARGETS);
        TargetsMetadata targets = parse(envelope, Document.TARGETS);
        snapshot.targets().requireVersion(targets.header, TrustCode.TARGETS_VERSION);
        return targets;
    }

    /**
     * The file of a delegated role that the snapshot names, signed by the keys of this very delegator: another one's word
     * on the same role says nothing here (5.6.7, 5.6.1 to 5.6.4).
     */
    static TargetsMetadata delegated(byte[] bytes, Delegation delegation, FileMeta listed) throws TrustException {
        String name = Repository.RELEASE.nameOf(delegation.role() + ".json");
        listed.requireContent(name, bytes, TrustCode.DELEGATED_LENGTH, TrustCode.DELEGATED_HASH);
        Envelope envelope = Envelope.parse(name, Document.DELEGATED, bytes);
        delegation.keys().requireSigned(envelope, Document.DELEGATED.signatures);
        TargetsMetadata targets = parse(envelope, Document.DELEGATED);
        listed.requireVersion(targets.header, TrustCode.DELEGATED_VERSION);
        return targets;
    }

    /** The assignment that a director signed. It has no timestamp and no snapshot beside it. */
    static TargetsMetadata assignment(byte[] bytes, RootMetadata root) throws TrustException {
        Envelope envelope = Envelope.parse(Repository.DIRECTOR.nameOf(FILE), Document.ASSIGNMENT, bytes);
        root.requireSigned(envelope, Document.ASSIGNMENT);
        if (!Delegations.none(envelope)) {
            throw new TrustException(TrustCode.ASSIGNMENT_DELEGATIONS, envelope.name + " has delegations");
        }
        return parse(envelope, Document.ASSIGNMENT);
    }

    /** Until when there will be updates, as far as it says. */
    SupportPeriod support() {
        return SupportPeriod.of(envelope.signed);
    }

    /** What it says of the target of that path, if anything. */
    Optional<JsonObject> target(String path) throws TrustException {
        try {
            return targets.optionalObject(path);
        } catch (MalformedJson e) {
            throw Envelope.malformed(envelope.name, e);
        }
    }
}
