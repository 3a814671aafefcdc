package io.sekimori.trust;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One publication: targets, snapshot and, last (6.2.1), the timestamp, so that clients see all of it or nothing.
 *
 * @param above what clients may have seen elsewhere: the numbers lie above those in it, too
 */
record Publication(
        MetadataFiles metadata,
        RootMetadata root,
        List<Signer> signers,
        Lifetimes lifetimes,
        Instant now,
        Optional<TimestampMetadata> above) {

    Publication(MetadataFiles metadata, RootMetadata root, List<Signer> signers, Lifetimes lifetimes, Instant now) {
        this(metadata, root, signers, lifetimes, now, Optional.empty());
    }

    /** Publishes these targets beside the delegated roles that are published. */
    void publish(TargetsMetadata targets, Optional<Published> before) throws IOException {
        save(files(targets, before.map(Published::delegated).orElse(Map.of()), before));
    }

    /** In the order given. */
    void save(Map<String, byte[]> files) throws IOException {
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            metadata.save(file.getKey(), file.getValue());
        }
    }

    /**
     * The files of a publication, in the order in which they must be written.
     *
     * @param delegated every delegated role that has a file, also those that nobody delegates to any more: a snapshot that
     *                  dropped one would be refused (5.5.5)
     */
    Map<String, byte[]> files(
            TargetsMetadata targets, Map<String, TargetsMetadata> delegated, Optional<Published> before)
            throws IOException {
        root.roles().get(Role.TARGETS).requireSigned(targets.envelope(), PublishCode.TOO_FEW_SIGNATURES);
        Map<String, byte[]> files = new LinkedHashMap<>();
        Map<String, Object> listed = new HashMap<>();
        delegated.forEach((role, metadata) -> add(files, listed, role, metadata));
        add(files, listed, Role.TARGETS.word(), targets);
        long snapshotVersion = next(
                before.map(published -> published.snapshot().header().version()),
                above.map(seen -> seen.snapshot().version()));
        byte[] snapshotBytes = signed(Document.SNAPSHOT, snapshotVersion, lifetimes.snapshot(), listed);
        files.put(snapshotVersion + "." + SnapshotMetadata.FILE, snapshotBytes);
        files.put(
                TimestampMetadata.FILE,
                signed(
                        Document.TIMESTAMP,
                        next(
                                before.map(published ->
                                        published.timestamp().header().version()),
                                above.map(seen -> seen.header().version())),
                        lifetimes.timestamp(),
                        Map.of(SnapshotMetadata.FILE, meta(snapshotVersion, snapshotBytes))));
        return files;
    }

    private static void add(
            Map<String, byte[]> files, Map<String, Object> listed, String role, TargetsMetadata metadata) {
        byte[] bytes = metadata.envelope().bytes();
        long version = metadata.header().version();
        files.put(version + "." + RoleName.file(role), bytes);
        listed.put(role + ".json", meta(version, bytes));
    }

    private byte[] signed(Document document, long version, Duration lifetime, Map<String, Object> meta)
            throws IOException {
        Map<String, Object> signed = Map.of(
                "_type",
                document.role.word(),
                "spec_version",
                Header.SPEC_VERSION,
                "version",
                version,
                "expires",
                TufTime.format(now.plus(lifetime)),
                "meta",
                meta);
        RoleKeys keys = root.roles().get(document.role);
        byte[] bytes = SignedFile.bytes(signed, keys.among(signers));
        keys.requireSigned(
                Envelope.parse(document.role.word() + ".json", document, bytes), PublishCode.TOO_FEW_SIGNATURES);
        return bytes;
    }

    private long next(Optional<Long> before, Optional<Long> seen) {
        return Versions.after(Math.max(before.orElse(0L), seen.orElse(0L)), now);
    }

    private static Map<String, Object> meta(long version, byte[] bytes) {
        return Map.of("version", version, "length", (long) bytes.length, "hashes", Map.of("sha256", Sha256.hex(bytes)));
    }
}
