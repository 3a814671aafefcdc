package io.sekimori.trust;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What a release repository has published last, read back as a client would but for expiry. */
record Published(
        TimestampMetadata timestamp,
        SnapshotMetadata snapshot,
        TargetsMetadata targets,
        Map<String, TargetsMetadata> delegated,
        ReleaseCatalog catalog) {

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
        Map<String, TargetsMetadata> delegated = delegated(snapshot, fetch);
        ReleaseCatalog catalog = delegated.isEmpty()
                ? ReleaseCatalog.of(targets)
                : ReleaseCatalog.all(new TargetSearch(listed(targets, delegated), role -> delegated.get(role.role())));
        return Optional.of(new Published(timestamp, snapshot, targets, delegated, catalog));
    }

    private static Map<String, TargetsMetadata> delegated(SnapshotMetadata snapshot, Fetch fetch) throws IOException {
        Map<String, TargetsMetadata> delegated = new TreeMap<>();
        for (Map.Entry<String, FileMeta> listed : snapshot.files().entrySet()) {
            if (!listed.getKey().equals(TargetsMetadata.FILE)) {
                String role = listed.getKey().substring(0, listed.getKey().length() - ".json".length());
                byte[] bytes =
                        fetch.required(listed.getValue().version() + "." + RoleName.file(role), Document.DELEGATED);
                delegated.put(
                        role,
                        TargetsMetadata.parse(
                                Envelope.parse(listed.getKey(), Document.DELEGATED, bytes), Document.DELEGATED));
            }
        }
        return delegated;
    }

    // A role that was handed names and has not signed anything yet has no file.
    private static TargetsMetadata listed(TargetsMetadata targets, Map<String, TargetsMetadata> delegated) {
        return new TargetsMetadata(
                targets.envelope(),
                targets.header(),
                targets.targets(),
                targets.delegations().stream()
                        .filter(delegation -> delegated.containsKey(delegation.role()))
                        .toList());
    }

    /** Says of each role what is published. */
    void addTo(Map<Role, RepositoryFacts.Signed> roles) {
        roles.put(Role.TIMESTAMP, RepositoryFacts.Signed.of(timestamp.header()));
        roles.put(Role.SNAPSHOT, RepositoryFacts.Signed.of(snapshot.header()));
        roles.put(Role.TARGETS, RepositoryFacts.Signed.of(targets.header()));
    }

    /** By file name. */
    Map<String, byte[]> files() {
        Map<String, byte[]> files = new TreeMap<>(Map.of(
                TimestampMetadata.FILE,
                timestamp.envelope().bytes(),
                snapshot.header().version() + "." + SnapshotMetadata.FILE,
                snapshot.envelope().bytes(),
                targets.header().version() + "." + TargetsMetadata.FILE,
                targets.envelope().bytes()));
        delegated.forEach((role, metadata) -> files.put(
                metadata.header().version() + "." + RoleName.file(role),
                metadata.envelope().bytes()));
        return files;
    }
}
