package io.sekimori.keys.file;

import io.sekimori.durable.DurableFile;
import io.sekimori.durable.VersionLock;
import io.sekimori.keys.KeyCode;
import io.sekimori.keys.KeyException;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The folder that key files lie in: read only what nobody else could have read or put there, and changed by one at a
 * time. Thread-safe, also against another version of this class in the same process and against other processes.
 */
final class KeyFolder {

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Path folder;
    private final FileGuard guard;
    private final Duration patience;
    private final KeyRemoval removal;

    KeyFolder(Path folder) {
        this(folder, new FileGuard(), PATIENCE);
    }

    KeyFolder(Path folder, FileGuard guard, Duration patience) {
        this.folder = folder;
        this.guard = guard;
        this.patience = patience;
        this.removal = new KeyRemoval(folder);
    }

    /** What is done while nobody else changes the folder. */
    interface Work {
        void run(KeyRemoval removal) throws IOException, KeyException;
    }

    Path path() {
        return folder;
    }

    void locked(Work work) throws KeyException {
        try {
            DurableFile.makeDirectory(folder);
            guard.checkFolder(folder);
            VersionLock lock = VersionLock.take(folder.resolve("lock"), patience)
                    .orElseThrow(() -> new KeyException(KeyCode.KEYS_LOCKED, "another holds the keys", null));
            try {
                work.run(removal);
            } finally {
                lock.release();
            }
        } catch (IOException e) {
            throw new KeyException(KeyCode.KEYS_UNWRITABLE, String.valueOf(e.getMessage()), e);
        }
    }

    /** Makes a file that is not there yet. */
    void create(Path file, byte[] content) throws IOException, KeyException {
        try {
            DurableFile.create(file, content);
        } catch (FileAlreadyExistsException e) {
            throw new KeyException(KeyCode.KEY_EXISTS, "there is a key of this name", e);
        }
    }

    /** At most {@code most} bytes of a file and one more; the caller wipes them. */
    byte[] read(Path file, String name, int most) throws KeyException {
        try {
            guard.checkFolder(folder);
            guard.checkFile(file);
            // Not a channel: it would be closed under an interrupted thread.
            try (FileInputStream in = new FileInputStream(file.toFile())) {
                return in.readNBytes(most + 1);
            }
        } catch (NoSuchFileException e) {
            throw unknown(name);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    static KeyException unknown(String name) {
        return new KeyException(KeyCode.KEY_UNKNOWN, "no key " + name, null);
    }

    static KeyException unreadable(IOException e) {
        return new KeyException(KeyCode.KEYS_UNREADABLE, String.valueOf(e.getMessage()), e);
    }
}
