package io.sekimori.update.engine;

import io.sekimori.generation.Unit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Files on their way into the store: {@code store/incoming/<sha256>}, whole or in part. They outlive a lost connection, a
 * cancelled try and the process; what is in them is believed only after it was hashed again. Confined to one thread.
 */
record Incoming(Path directory) {

    static Incoming of(Unit unit) {
        return new Incoming(unit.store().directory().resolveSibling("incoming"));
    }

    Path path(String sha256) {
        return directory.resolve(sha256);
    }

    /** How many of a file's bytes are here; whether they are right shows when it is opened. */
    long have(String sha256, long length) throws IOException {
        Path file = path(sha256);
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) ? Math.min(Files.size(file), length) : 0;
    }

    /** Opens a file to be continued: what is here is read and hashed. */
    Partial open(String sha256, long length) throws IOException {
        Files.createDirectories(directory);
        return Partial.open(path(sha256), sha256, length);
    }

    /** Forgets a file. */
    void discard(String sha256) throws IOException {
        Files.deleteIfExists(path(sha256));
    }

    /** Forgets everything that an assignment does not name: it was brought for one before. */
    void keep(Set<String> wanted) throws IOException {
        for (Path file : files()) {
            if (!wanted.contains(file.getFileName().toString())) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Forgets what is in use by now, and what nobody has continued since then. */
    void tidy(Set<String> used, Instant since) throws IOException {
        for (Path file : files()) {
            if (used.contains(file.getFileName().toString())
                    || Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS)
                            .toInstant()
                            .isBefore(since)) {
                Files.deleteIfExists(file);
            }
        }
    }

    private List<Path> files() throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }
}
