package io.sekimori.benchmarks.audit;

import io.sekimori.benchmarks.Rate;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Many threads that do the same at once. */
final class Writers {

    private Writers() {}

    /** How often all of them together do it in a second. */
    static double perSecond(int writers, double seconds, Rate.Work work) throws IOException, InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        try {
            List<Future<Double>> rates = new ArrayList<>();
            for (int i = 0; i < writers; i++) {
                rates.add(threads.submit(() -> Rate.perSecond(seconds, work)));
            }
            double sum = 0;
            for (Future<Double> rate : rates) {
                sum += rate.get();
            }
            return sum;
        } catch (ExecutionException e) {
            throw new IOException("a writer failed", e);
        } finally {
            threads.shutdownNow();
        }
    }
}
