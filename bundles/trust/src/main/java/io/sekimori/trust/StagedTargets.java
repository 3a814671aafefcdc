package io.sekimori.trust;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The next targets file while releases are added to it and the publishers sign it, perhaps one after the other on
 * different machines. Adding to it drops the signatures it had.
 */
record StagedTargets(Path file) {

    Optional<TargetsMetadata> load() throws IOException {
        Optional<byte[]> bytes = DurableFile.read(file, Document.TARGETS.maxBytes);
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(TargetsMetadata.parse(
                Envelope.parse("staged " + TargetsMetadata.FILE, Document.TARGETS, bytes.get()), Document.TARGETS));
    }

    TargetsMetadata required() throws IOException {
        return load().orElseThrow(() -> new TrustException(PublishCode.NOTHING_STAGED, file + " does not exist"));
    }

    void stage(long version, Instant expires, Map<String, Release> releases) throws IOException {
        Map<String, Object> targets = new TreeMap<>();
        releases.forEach((path, release) -> targets.put(path, ReleaseJson.write(release)));
        Map<String, Object> signed = Map.of(
                "_type",
                Role.TARGETS.word(),
                "spec_version",
                Header.SPEC_VERSION,
                "version",
                version,
                "expires",
                TufTime.format(expires),
                "targets",
                targets);
        Files.createDirectories(file.getParent());
        DurableFile.write(file, SignedFile.bytes(signed, List.of()));
    }

    void sign(List<Signer> signers) throws IOException {
        Envelope envelope = required().envelope();
        DurableFile.write(file, SignedFile.bytes(envelope.signed.asMap(), envelope.signatures(), signers));
    }

    void discard() throws IOException {
        DurableFile.delete(file);
    }
}
