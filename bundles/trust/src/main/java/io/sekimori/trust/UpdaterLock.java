package io.sekimori.trust;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * One updater at a time over a directory of trusted metadata, whichever process or version of the code it is. Ends with
 * the process that holds it, so that a kill leaves nothing behind.
 */
final class UpdaterLock implements AutoCloseable {

    private static final String FILE = "updater.lock";

    private final FileChannel channel;

    private UpdaterLock(FileChannel channel) {
        this.channel = channel;
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
        FileChannel channel = FileChannel.open(
                directory.resolve(FILE),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS);
        try {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return new UpdaterLock(channel);
            }
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw busy(directory, e);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        channel.close();
        throw busy(directory, null);
    }

    private static TrustException busy(Path directory, @Nullable Exception cause) {
        return new TrustException(TrustCode.UPDATER_BUSY, "another update works on " + directory, cause);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
