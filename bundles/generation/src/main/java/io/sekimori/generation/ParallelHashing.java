package io.sekimori.generation;

import io.sekimori.trust.TrustException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Hashes files on as many threads as there are processors, at most four: a disk gains nothing from more. The first
 * megabytes take one thread only: another would compete with the signatures, which take longer. Begins at once, so that
 * they can be verified meanwhile; what it finds counts only when {@link #requireAll} is asked.
 *
 * <p>Confined to the thread that made it.
 */
final class ParallelHashing implements AutoCloseable {

    private static final int MAX_THREADS = 4;
    private static final long BYTES_BEFORE_ANOTHER_THREAD = 16 << 20;

    private final int processors = Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors());
    private final ThreadPoolExecutor threads;
    private final List<Future<?>> checks = new ArrayList<>();
    private long bytes;

    ParallelHashing() {
        AtomicInteger number = new AtomicInteger();
        threads = new ThreadPoolExecutor(1, MAX_THREADS, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
            Thread thread = new Thread(work, "sekimori-verify-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Begins with these files, the longest first. */
    void begin(Collection<ExpectedFile> files) {
        files.stream()
                .sorted(Comparator.comparingLong(ExpectedFile::length).reversed())
                .forEach(file -> {
                    bytes += file.length();
                    threads.setCorePoolSize((int) Math.min(processors, 1 + bytes / BYTES_BEFORE_ANOTHER_THREAD));
                    checks.add(threads.submit(() -> {
                        file.require();
                        return null;
                    }));
                });
    }

    /** How many files were begun. */
    int files() {
        return checks.size();
    }

    /** How many bytes those should have together. */
    long bytes() {
        return bytes;
    }

    /**
     * Waits until every file was checked.
     *
     * @throws TrustException the refusal of one file that does not hold
     */
    void requireAll() throws TrustException {
        try {
            for (Future<?> check : checks) {
                check.get();
            }
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TrustException refused) {
                throw refused;
            }
            throw new IllegalStateException("a check neither held nor refused", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TrustException(GenerationCode.FILE_UNREADABLE, "interrupted while hashing", e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
