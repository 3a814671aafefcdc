package io.sekimori.trust;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** What a release repository has published last, read back as a client would but for expiry. */
record Published(
        TimestampMetadata timestamp, SnapshotMetadata snapshot, TargetsMetadata targets, ReleaseCatalog catalog) {

    /** Empty if nothing has been published yet. */
    static Optional<Published> load(MetadataSource source) throws IOException {
        Optional<byte[]> first = source.fetch(TimestampMetadata.FILE, Document.TIMESTAMP.maxBytes);
        if (first.isEmpty()) {
            return Optional.empty();
        }
        TimestampMetadata timestamp = TimestampMetadata.parse(first.get());
        Fetch fetch = new Fetch(Repository.RELEASE, source);
        // Signatures are a client's concern: after a rotation of keys the publisher must be able to sign anew.
        SnapshotMetadata snapshot = SnapshotMetadata.parse(Envelope.parse(
                SnapshotMetadata.FILE,
                Document.SNAPSHOT,
                fetch.required(timestamp.snapshot().version() + "." + SnapshotMetadata.FILE, Document.SNAPSHOT)));
        TargetsMetadata targets = TargetsMetadata.parse(
                Envelope.parse(
                        TargetsMetadata.FILE,
                        Document.TARGETS,
                        fetch.required(snapshot.targets().version() + "." + TargetsMetadata.FILE, Document.TARGETS)),
                Document.TARGETS);
        return Optional.of(new Published(timestamp, snapshot, targets, ReleaseCatalog.of(targets)));
    }

    /** Says of each role what is published. */
    void addTo(Map<Role, RepositoryFacts.Signed> roles) {
        roles.put(Role.TIMESTAMP, RepositoryFacts.Signed.of(timestamp.header()));
        roles.put(Role.SNAPSHOT, RepositoryFacts.Signed.of(snapshot.header()));
        roles.put(Role.TARGETS, RepositoryFacts.Signed.of(targets.header()));
    }

    /** By file name. */
    Map<String, byte[]> files() {
        return Map.of(
                TimestampMetadata.FILE,
                timestamp.envelope().bytes(),
                snapshot.header().version() + "." + SnapshotMetadata.FILE,
                snapshot.envelope().bytes(),
                targets.header().version() + "." + TargetsMetadata.FILE,
                targets.envelope().bytes());
    }
}
