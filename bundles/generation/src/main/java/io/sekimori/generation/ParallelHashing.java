package io.sekimori.generation;

import io.sekimori.trust.TrustException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Hashes files on as many threads as there are processors, at most four: a disk gains nothing from more. */
final class ParallelHashing {

    private static final int MAX_THREADS = 4;

    private ParallelHashing() {}

    /**
     * Checks every file, the longest first, and answers the bytes of all.
     *
     * @throws TrustException the refusal of one file that does not hold
     */
    static long requireAll(List<ExpectedFile> files) throws TrustException {
        List<Callable<Void>> checks = new ArrayList<>();
        files.stream()
                .sorted(Comparator.comparingLong(ExpectedFile::length).reversed())
                .forEach(file -> checks.add(() -> {
                    file.require();
                    return null;
                }));
        ExecutorService threads = threads(files.size());
        try {
            for (Future<Void> check : threads.invokeAll(checks)) {
                check.get();
            }
            return files.stream().mapToLong(ExpectedFile::length).sum();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TrustException refused) {
                throw refused;
            }
            throw new IllegalStateException("a check neither held nor refused", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TrustException(GenerationCode.FILE_UNREADABLE, "interrupted while hashing", e);
        } finally {
            threads.shutdownNow();
        }
    }

    private static ExecutorService threads(int files) {
        int count = Math.max(
                1, Math.min(files, Math.min(MAX_THREADS, Runtime.getRuntime().availableProcessors())));
        AtomicInteger number = new AtomicInteger();
        return Executors.newFixedThreadPool(count, work -> {
            Thread thread = new Thread(work, "sekimori-verify-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }
}
