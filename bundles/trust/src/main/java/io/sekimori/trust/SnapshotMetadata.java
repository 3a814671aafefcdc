package io.sekimori.trust;

import java.util.LinkedHashMap;
import java.util.Map;

/** A snapshot (4.4): which versions of the targets files belong together. Parsed, not yet trusted. */
record SnapshotMetadata(Envelope envelope, Header header, Map<String, FileMeta> files) {

    static final String FILE = "snapshot.json";

    /** Parsed and signed by enough of the root's snapshot keys (5.5.3), whatever the timestamp names. */
    static SnapshotMetadata signed(byte[] bytes, RootMetadata root) throws TrustException {
        Envelope envelope = Envelope.parse(Repository.RELEASE.nameOf(FILE), Document.SNAPSHOT, bytes);
        root.requireSigned(envelope, Document.SNAPSHOT);
        return parse(envelope);
    }

    static SnapshotMetadata parse(Envelope envelope) throws TrustException {
        try {
            JsonObject meta = envelope.signed.object("meta");
            Map<String, FileMeta> files = new LinkedHashMap<>();
            for (String name : meta.names()) {
                files.put(name, FileMeta.of(meta.object(name)));
            }
            if (!files.containsKey(TargetsMetadata.FILE)) {
                throw new MalformedJson("meta.targets.json is missing");
            }
            return new SnapshotMetadata(envelope, Header.of(envelope, Document.SNAPSHOT), Map.copyOf(files));
        } catch (MalformedJson e) {
            throw Envelope.malformed(envelope.name, e);
        }
    }

    /** The snapshot that the timestamp names: length, hash, signatures, version (5.5.1 to 5.5.4). */
    static SnapshotMetadata signed(byte[] bytes, TimestampMetadata timestamp, RootMetadata root) throws TrustException {
        String name = Repository.RELEASE.nameOf(FILE);
        timestamp.snapshot().requireContent(name, bytes, TrustCode.SNAPSHOT_LENGTH, TrustCode.SNAPSHOT_HASH);
        Envelope envelope = Envelope.parse(name, Document.SNAPSHOT, bytes);
        root.requireSigned(envelope, Document.SNAPSHOT);
        SnapshotMetadata snapshot = parse(envelope);
        timestamp.snapshot().requireVersion(snapshot.header, TrustCode.SNAPSHOT_VERSION);
        return snapshot;
    }

    FileMeta targets() {
        return files.get(TargetsMetadata.FILE);
    }

    /** 5.6.7: a role that is delegated to must be listed. */
    FileMeta delegated(String role) throws TrustException {
        FileMeta listed = files.get(role + ".json");
        if (listed == null) {
            throw new TrustException(
                    TrustCode.DELEGATED_UNLISTED, envelope.name + " does not list the delegated role " + role);
        }
        return listed;
    }

    /** 5.5.5: every targets file trusted before is still listed, and none with a lower version. */
    void requireNotBefore(SnapshotMetadata trusted) throws TrustException {
        for (Map.Entry<String, FileMeta> before : trusted.files.entrySet()) {
            FileMeta now = files.get(before.getKey());
            if (now == null) {
                throw new TrustException(
                        TrustCode.SNAPSHOT_DROPPED, envelope.name + " no longer lists " + before.getKey());
            }
            if (now.version() < before.getValue().version()) {
                throw new TrustException(
                        TrustCode.SNAPSHOT_ROLLBACK,
                        envelope.name + " names version " + now.version() + " of " + before.getKey()
                                + ", trusted before was " + before.getValue().version());
            }
        }
    }
}
