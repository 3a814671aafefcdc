package io.sekimori.durable;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Writes whole files so that a power cut leaves the old file or the new one, readable by the owner alone.
 *
 * <p>Thread-safe as far as callers do not write the same target at once. An interrupted thread still writes: its
 * interruption is kept for later.
 */
public final class DurableFile {

    /** What the names of unfinished files begin with; whoever holds the folder's lock may delete them. */
    public static final String UNFINISHED_PREFIX = ".unfinished-";

    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY_DIRECTORY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private DurableFile() {}

    /** Makes {@code target} hold {@code content}, whether or not it existed; durable on return. */
    public static void replace(Path target, byte[] content) throws IOException {
        Path unfinished = writeUnfinished(target, content, true);
        try {
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            Files.deleteIfExists(unfinished);
            throw e;
        }
        syncDirectory(parent(target));
    }

    /**
     * Makes {@code target} hold {@code content} only if it does not exist yet; durable on return.
     *
     * @throws FileAlreadyExistsException if it exists; it is then untouched
     */
    public static void create(Path target, byte[] content) throws IOException {
        link(target, content, true);
        syncDirectory(parent(target));
    }

    /**
     * Makes {@code target} hold {@code content} only if it does not exist yet, whole for every reader, and durable whenever the
     * system gets to it: a power cut may leave nothing of it, or part of it.
     *
     * @throws FileAlreadyExistsException if it exists; it is then untouched
     */
    public static void createUnsynced(Path target, byte[] content) throws IOException {
        link(target, content, false);
    }

    private static void link(Path target, byte[] content, boolean sync) throws IOException {
        Path unfinished = writeUnfinished(target, content, sync);
        try {
            // A hard link is the one way to give a finished file its name without ever replacing another.
            Files.createLink(target, unfinished);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    /** Makes a folder and those above it, each open to its owner alone where it is new; durable on return. */
    public static void makeDirectory(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        Path parent = directory.getParent();
        if (parent != null) {
            makeDirectory(parent);
        }
        try {
            Files.createDirectory(directory, OWNER_ONLY_DIRECTORY);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(directory)) {
                throw e;
            }
        }
        if (parent != null) {
            syncDirectory(parent);
        }
    }

    /** Makes an empty file that its owner alone can read, if it is not there; durable only after a sync of the folder. */
    public static void makeFile(Path file) throws IOException {
        try {
            Files.createFile(file, OWNER_ONLY_FILE);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isRegularFile(file)) {
                throw e;
            }
        }
    }

    /** Makes the names in {@code directory} durable: files made, renamed or deleted before. */
    public static void syncDirectory(Path directory) throws IOException {
        boolean interrupted = Thread.interrupted();
        try {
            while (!trySync(directory)) {
                interrupted |= Thread.interrupted();
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    // A channel is closed under a thread that is interrupted meanwhile; a sync can simply be made again.
    private static boolean trySync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
            return true;
        } catch (ClosedByInterruptException e) {
            return false;
        }
    }

    private static Path writeUnfinished(Path target, byte[] content, boolean sync) throws IOException {
        Path unfinished = Files.createTempFile(parent(target), UNFINISHED_PREFIX, "", OWNER_ONLY_FILE);
        // Not a channel: it would be closed under an interrupted thread.
        try (RandomAccessFile file = new RandomAccessFile(unfinished.toFile(), "rw")) {
            file.write(content);
            if (sync) {
                file.getFD().sync();
            }
        } catch (IOException e) {
            Files.deleteIfExists(unfinished);
            throw e;
        }
        return unfinished;
    }

    private static Path parent(Path target) {
        return target.toAbsolutePath().getParent();
    }
}
