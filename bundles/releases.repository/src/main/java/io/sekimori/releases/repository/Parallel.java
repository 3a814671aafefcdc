package io.sekimori.releases.repository;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Does the same with many things on all processors, and on the caller's thread once it was closed. Thread-safe. */
final class Parallel implements AutoCloseable {

    private static final int PIECES_EACH = 4;
    private static final long IDLE_SECONDS = 10;

    private final int processors = Runtime.getRuntime().availableProcessors();
    private final ExecutorService threads;

    Parallel() {
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                processors,
                processors,
                IDLE_SECONDS,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                work -> new Thread(work, "sekimori-director-" + number.incrementAndGet()));
        pool.allowCoreThreadTimeOut(true);
        this.threads = pool;
    }

    /** The results in the order of the things. */
    <A, B> List<B> map(List<A> things, Function<A, B> function) {
        int piece = Math.max(1, things.size() / (processors * PIECES_EACH));
        List<Callable<List<B>>> pieces = new ArrayList<>();
        for (int from = 0; from < things.size(); from += piece) {
            List<A> some = things.subList(from, Math.min(things.size(), from + piece));
            pieces.add(() -> some.stream().map(function).toList());
        }
        try {
            List<B> results = new ArrayList<>(things.size());
            for (var future : threads.invokeAll(pieces)) {
                results.addAll(future.get());
            }
            return results;
        } catch (RejectedExecutionException e) {
            return things.stream().map(function).toList();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while signing", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a piece of the work failed", e.getCause());
        }
    }

    @Override
    public void close() {
        threads.shutdown();
    }
}
