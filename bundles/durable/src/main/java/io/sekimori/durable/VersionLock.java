package io.sekimori.durable;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Keeps two holders of one file apart: two versions of one bundle in this process, or two processes. Hold it for one
 * operation and then read again what the other may have changed.
 *
 * <p>Thread-safe. Works for an interrupted thread too, whose interruption is kept for later.
 *
 * <p>POSIX drops all locks of a process on a file when any descriptor of it is closed there. So while two versions
 * live in one process, another process could slip in; the launcher's lock on the unit keeps that from happening.
 */
public final class VersionLock {

    private static final long SHORTEST_PAUSE_NANOS = 20_000;
    private static final long LONGEST_PAUSE_NANOS = 500_000;

    private final FileChannel channel;

    private VersionLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock.
     *
     * @param file made if it does not exist; its folder must exist
     * @param patience how long to try
     * @return empty if another held it all that time
     */
    public static Optional<VersionLock> take(Path file, Duration patience) throws IOException {
        DurableFile.makeFile(file);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE);
        boolean taken = false;
        try {
            taken = await(channel, patience);
            return taken ? Optional.of(new VersionLock(channel)) : Optional.empty();
        } finally {
            if (!taken) {
                channel.close();
            }
        }
    }

    /**
     * Waits for the lock on a channel that the caller keeps open between operations.
     *
     * @return the lock, to be released; empty if another held it all that time
     */
    public static Optional<FileLock> on(FileChannel channel, Duration patience) throws IOException {
        boolean interrupted = false;
        try {
            long deadline = System.nanoTime() + patience.toNanos();
            long pause = SHORTEST_PAUSE_NANOS;
            while (true) {
                FileLock lock = tryOnce(channel);
                if (lock != null) {
                    return Optional.of(lock);
                }
                if (System.nanoTime() - deadline >= 0) {
                    return Optional.empty();
                }
                // Clearing it is what lets the pause happen at all.
                interrupted |= Thread.interrupted();
                LockSupport.parkNanos(pause);
                pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Gives the lock back. */
    public void release() throws IOException {
        channel.close();
    }

    private static boolean await(FileChannel channel, Duration patience) throws IOException {
        return on(channel, patience).isPresent();
    }

    private static @Nullable FileLock tryOnce(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // held in this process: by another version, or by another thread
        }
    }
}
