package io.sekimori.config.admin;

import io.sekimori.config.ConfigCode;
import io.sekimori.config.ConfigException;
import io.sekimori.durable.DurableFile;
import io.sekimori.durable.VersionLock;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets one change at a time happen, also against another version of this bundle. Held over the calls that make a
 * change, since the history, the audit and ConfigurationAdmin must see changes in one order. Thread-safe.
 */
final class Exclusively {

    private final Path folder;
    private final Duration patience;
    private final ReentrantLock here = new ReentrantLock();

    Exclusively(Path folder, Duration patience) {
        this.folder = folder;
        this.patience = patience;
    }

    /** Work that may be refused. */
    interface Work<T> {
        T run() throws ConfigException;
    }

    <T> T run(Work<T> work) throws ConfigException {
        enter();
        try {
            DurableFile.makeDirectory(folder);
            VersionLock lock =
                    VersionLock.take(folder.resolve("lock"), patience).orElseThrow(Exclusively::busy);
            try {
                return work.run();
            } finally {
                lock.release();
            }
        } catch (IOException e) {
            throw new ConfigException(ConfigCode.HISTORY_UNWRITABLE, String.valueOf(e.getMessage()), e);
        } finally {
            here.unlock();
        }
    }

    private void enter() throws ConfigException {
        long deadline = System.nanoTime() + patience.toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    if (here.tryLock(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                        return;
                    }
                    throw busy();
                } catch (InterruptedException e) {
                    interrupted = true; // kept for later
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static ConfigException busy() {
        return new ConfigException(ConfigCode.CONFIG_LOCKED, "another change takes too long", null);
    }
}
