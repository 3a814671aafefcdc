package io.sekimori.trust;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The next version of one metadata file while its keys sign it, perhaps one after the other on different machines.
 * Staging it anew drops the signatures it had.
 */
record StagedFile(Path file, Document document) {

    Optional<Envelope> load() throws IOException {
        Optional<byte[]> bytes = DurableFile.read(file, document.maxBytes);
        return bytes.isPresent() ? Optional.of(envelope(bytes.get())) : Optional.empty();
    }

    Envelope required() throws IOException {
        return load().orElseThrow(() -> new TrustException(PublishCode.NOTHING_STAGED, file + " does not exist"));
    }

    void stage(Map<String, ?> signed) throws IOException {
        Files.createDirectories(file.getParent());
        DurableFile.write(file, SignedFile.bytes(signed, List.of()));
    }

    void sign(List<Signer> signers) throws IOException {
        DurableFile.write(file, SignedDocument.signed(required(), signers));
    }

    /** Adds the signatures of another copy of it. */
    void join(Map<String, String> signatures) throws IOException {
        Envelope staged = required();
        Map<String, String> all = new TreeMap<>(staged.signatures());
        all.putAll(signatures);
        DurableFile.write(file, SignedFile.bytes(staged.signed.asMap(), all, List.of()));
    }

    void discard() throws IOException {
        DurableFile.delete(file);
    }

    private Envelope envelope(byte[] bytes) throws TrustException {
        return Envelope.parse("staged " + file.getFileName(), document, bytes);
    }
}
