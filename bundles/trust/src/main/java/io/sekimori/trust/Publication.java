package io.sekimori.trust;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One publication: targets, snapshot and, last (6.2.1), the timestamp, so that clients see all of it or nothing. */
record Publication(MetadataFiles metadata, RootMetadata root, List<Signer> signers, Lifetimes lifetimes, Instant now) {

    void publish(TargetsMetadata targets, Optional<Published> before) throws IOException {
        root.roles().get(Role.TARGETS).requireSigned(targets.envelope(), PublishCode.TOO_FEW_SIGNATURES);
        byte[] targetsBytes = targets.envelope().bytes();
        long targetsVersion = targets.header().version();
        long snapshotVersion =
                next(before.map(published -> published.snapshot().header().version()));
        byte[] snapshotBytes = signed(
                Document.SNAPSHOT,
                snapshotVersion,
                lifetimes.snapshot(),
                Map.of(TargetsMetadata.FILE, meta(targetsVersion, targetsBytes)));
        byte[] timestampBytes = signed(
                Document.TIMESTAMP,
                next(before.map(published -> published.timestamp().header().version())),
                lifetimes.timestamp(),
                Map.of(SnapshotMetadata.FILE, meta(snapshotVersion, snapshotBytes)));
        metadata.save(targetsVersion + "." + TargetsMetadata.FILE, targetsBytes);
        metadata.save(snapshotVersion + "." + SnapshotMetadata.FILE, snapshotBytes);
        metadata.save(TimestampMetadata.FILE, timestampBytes);
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

    private long next(Optional<Long> before) {
        return Versions.after(before.orElse(0L), now);
    }

    private static Map<String, Object> meta(long version, byte[] bytes) {
        return Map.of("version", version, "length", (long) bytes.length, "hashes", Map.of("sha256", Sha256.hex(bytes)));
    }
}
