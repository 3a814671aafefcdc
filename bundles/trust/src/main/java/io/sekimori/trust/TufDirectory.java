package io.sekimori.trust;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * The trusted metadata of a {@link TufClient}: {@code root.json} is the newest root that was trusted, which is all a
 * client of the specification keeps of the roots (5.3.8).
 */
record TufDirectory(Path directory) implements TrustedFiles {

    private static final String ROOT = "root.json";
    private static final String NUMBERED_ROOT = "[0-9]+\\.root\\.json";

    /** The newest root; empty if there is none. */
    Optional<byte[]> root() throws IOException {
        return DurableFile.read(directory.resolve(ROOT), Document.ROOT.maxBytes);
    }

    /** When the trusted timestamp was written; {@link Instant#MIN} if there is none. */
    Instant lastTrusted() throws IOException {
        Path timestamp = directory.resolve(TimestampMetadata.FILE);
        return Files.isRegularFile(timestamp)
                ? Files.getLastModifiedTime(timestamp).toInstant()
                : Instant.MIN;
    }

    @Override
    public Optional<byte[]> load(String name, int maxBytes) throws IOException {
        return name.matches(NUMBERED_ROOT) ? Optional.empty() : DurableFile.read(directory.resolve(name), maxBytes);
    }

    @Override
    public void save(String name, byte[] bytes) throws IOException {
        DurableFile.write(directory.resolve(name.matches(NUMBERED_ROOT) ? ROOT : name), bytes);
    }

    @Override
    public void delete(String name) throws IOException {
        DurableFile.delete(directory.resolve(name));
    }
}
