package io.sekimori.settings;

import io.sekimori.durable.DurableFile;
import io.sekimori.durable.VersionLock;
import io.sekimori.trust.MalformedJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The book on disk, and the right to change it: one at a time, also over two versions of this bundle. Thread-safe. */
final class BookFile {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Path folder;
    private final Path file;

    BookFile(Path folder) {
        this.folder = folder;
        this.file = folder.resolve("book.json");
    }

    /** Something done with the book that nobody else changes meanwhile. */
    interface Use<T> {
        T with(Book book) throws Stopped, IOException;
    }

    <T> T exclusively(Use<T> use) throws Stopped {
        try {
            DurableFile.makeDirectory(folder);
            Optional<VersionLock> lock = VersionLock.take(folder.resolve("lock"), PATIENCE);
            if (lock.isEmpty()) {
                throw new Stopped(503, SettingsCode.PART_ABSENT, "another change is being made");
            }
            try {
                return use.with(read());
            } finally {
                lock.get().release();
            }
        } catch (IOException e) {
            throw new Stopped(503, SettingsCode.TRIAL_UNWRITABLE.name(), String.valueOf(e.getMessage()), e);
        }
    }

    /** What the book says; a damaged one is an {@link IOException}, so that no mandate counts twice. */
    Book read() throws IOException {
        try {
            return Book.parse(Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return Book.EMPTY;
        } catch (MalformedJson e) {
            throw new IOException("the record of changes is damaged: " + e.getMessage(), e);
        }
    }

    void write(Book book) throws IOException {
        DurableFile.replace(file, book.bytes());
    }
}
