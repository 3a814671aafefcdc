package io.sekimori.keys.file;

import io.sekimori.durable.DurableFile;
import io.sekimori.keys.KeyCode;
import io.sekimori.keys.KeyException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * Takes keys away so that after a power cut each is whole or gone: a rename decides, then the content is overwritten
 * and deleted, and whoever comes next finishes that. Confined to the holder of the folder's lock.
 */
final class KeyRemoval {

    private static final String DOOMED_SUFFIX = ".destroying";

    private final Path folder;

    KeyRemoval(Path folder) {
        this.folder = folder;
    }

    void remove(Path key) throws IOException, KeyException {
        if (!Files.isRegularFile(key, LinkOption.NOFOLLOW_LINKS)) {
            throw new KeyException(KeyCode.KEY_FILE_NOT_REGULAR, key.getFileName() + " is not a file", null);
        }
        Path doomed = key.resolveSibling(key.getFileName() + DOOMED_SUFFIX);
        Files.move(key, doomed, StandardCopyOption.ATOMIC_MOVE);
        DurableFile.syncDirectory(folder);
        finish();
    }

    /** Finishes each removal that was begun, and removes keys that were never finished. */
    void finish() throws IOException {
        List<Path> doomed;
        try (Stream<Path> files = Files.list(folder)) {
            doomed = files.filter(KeyRemoval::isDoomed).toList();
        }
        for (Path file : doomed) {
            overwrite(file);
            Files.delete(file);
        }
        if (!doomed.isEmpty()) {
            DurableFile.syncDirectory(folder);
        }
    }

    private static boolean isDoomed(Path file) {
        String name = file.getFileName().toString();
        return (name.endsWith(DOOMED_SUFFIX) || name.startsWith(DurableFile.UNFINISHED_PREFIX))
                && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }

    // On a plain disk this erases the key. Flash memory may keep an old copy: the provider's protection note says so.
    private static void overwrite(Path path) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.write(new byte[Math.toIntExact(Math.min(file.length(), 1 << 20))]);
            file.getFD().sync();
        }
    }
}
