package io.sekimori.trust;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * Files that a power cut leaves as they were before or as they are after, never in between. When a method returns,
 * its effect is on the disk. One writer per file at a time; otherwise thread-safe. An interrupted thread still writes: its
 * interruption is kept for later.
 */
public final class DurableFile {

    private DurableFile() {}

    /**
     * Makes {@code bytes} the content of {@code file} in one step: written beside it, synced, renamed over it, and the
     * directory synced. A cut can leave {@code .<name>.tmp} behind, which the next write replaces.
     */
    public static void write(Path file, byte[] bytes) throws IOException {
        Path temporary = file.resolveSibling("." + file.getFileName() + ".tmp");
        create(temporary, bytes);
        moveInto(temporary, file);
    }

    /** Writes {@code bytes} and syncs the file, not the directory: for files of a directory that is renamed whole. */
    public static void create(Path file, byte[] bytes) throws IOException {
        despiteInterruption(() -> {
            try (FileChannel channel =
                    FileChannel.open(file, CREATE, TRUNCATE_EXISTING, WRITE, LinkOption.NOFOLLOW_LINKS)) {
                ByteBuffer rest = ByteBuffer.wrap(bytes);
                while (rest.hasRemaining()) {
                    channel.write(rest);
                }
                channel.force(true);
            }
        });
    }

    /** Renames a synced file or directory over {@code target} in the same file system, then syncs the directory. */
    public static void moveInto(Path synced, Path target) throws IOException {
        Files.move(synced, target, StandardCopyOption.ATOMIC_MOVE);
        syncDirectory(target.toAbsolutePath().getParent());
    }

    /** Deletes the file if there is one, and syncs the directory. */
    public static void delete(Path file) throws IOException {
        if (Files.deleteIfExists(file)) {
            syncDirectory(file.toAbsolutePath().getParent());
        }
    }

    /** Makes names created, renamed or deleted in {@code directory} last. */
    public static void syncDirectory(Path directory) throws IOException {
        despiteInterruption(() -> {
            try (FileChannel channel = FileChannel.open(directory, READ)) {
                channel.force(true);
            }
        });
    }

    private interface Writing {
        void run() throws IOException;
    }

    // A channel of an interrupted thread closes itself: who stops just then must not be kept from taking a pointer
    // back.
    private static void despiteInterruption(Writing writing) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            while (!done(writing)) {
                interrupted |= Thread.interrupted();
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static boolean done(Writing writing) throws IOException {
        try {
            writing.run();
            return true;
        } catch (ClosedByInterruptException e) {
            return false;
        }
    }

    /**
     * Reads a file whole, but no more than {@code maxBytes + 1} of it, so that the caller sees that there was more.
     *
     * @return empty if there is no such file
     * @throws IOException if it cannot be read, or is no file: to open a pipe would wait for ever
     */
    public static Optional<byte[]> read(Path file, int maxBytes) throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new IOException(file + " is not a file");
        }
        try (var in = Files.newInputStream(file)) {
            return Optional.of(in.readNBytes(maxBytes + 1));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
