package io.sekimori.trust;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * One updater at a time over a directory of trusted metadata, whichever process or version of the code it is. Ends with
 * the process that holds it, so that a kill leaves nothing behind.
 *
 * <p>POSIX drops all locks of a process on a file when any descriptor of it is closed there (fcntl(2)). So within one
 * process a mark among its properties, which every version of the code sees, is asked before the file is opened.
 */
final class UpdaterLock implements AutoCloseable {

    private static final String FILE = "updater.lock";

    private final FileChannel channel;
    private final String mark;

    private UpdaterLock(FileChannel channel, String mark) {
        this.channel = channel;
        this.mark = mark;
    }

    /** What only one may do at a time. */
    interface Work<T> {
        T run() throws IOException;
    }

    /** Does it under the lock; throws as {@link #acquire} does if somebody else has it. */
    static <T> T during(Path directory, Work<T> work) throws IOException {
        UpdaterLock lock = acquire(directory);
        try {
            return work.run();
        } finally {
            lock.close();
        }
    }

    /**
     * Takes the lock or refuses at once.
     *
     * @throws TrustException {@link TrustCode#UPDATER_BUSY} if somebody has it
     * @throws IOException    if the directory cannot be written
     */
    static UpdaterLock acquire(Path directory) throws IOException {
        Files.createDirectories(directory);
        Path file = directory.toRealPath().resolve(FILE);
        String mark = UpdaterLock.class.getName() + " " + file;
        if (System.getProperties().putIfAbsent(mark, "held") != null) {
            throw busy(directory, null);
        }
        UpdaterLock taken = null;
        try {
            taken = new UpdaterLock(locked(file, directory), mark);
            return taken;
        } finally {
            if (taken == null) {
                System.clearProperty(mark);
            }
        }
    }

    private static FileChannel locked(Path file, Path directory) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        boolean locked = false;
        try {
            locked = channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            throw busy(directory, e); // a version of before the mark holds it in this process
        } finally {
            if (!locked) {
                channel.close();
            }
        }
        if (!locked) {
            throw busy(directory, null);
        }
        return channel;
    }

    private static TrustException busy(Path directory, @Nullable Exception cause) {
        return new TrustException(TrustCode.UPDATER_BUSY, "another update works on " + directory, cause);
    }

    @Override
    public void close() throws IOException {
        if (!channel.isOpen()) {
            return; // the mark may be somebody else's by now
        }
        try {
            channel.close();
        } finally {
            System.clearProperty(mark);
        }
    }
}
