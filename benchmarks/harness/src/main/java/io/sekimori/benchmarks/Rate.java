package io.sekimori.benchmarks;

import java.io.IOException;

/** Measures how often something can be done in a second. */
public final class Rate {

    private Rate() {}

    /** What is repeated. */
    public interface Work {
        void run() throws IOException;
    }

    /** Seconds that one run takes. */
    public static double seconds(Work work) throws IOException {
        long begin = System.nanoTime();
        work.run();
        return (System.nanoTime() - begin) / 1e9;
    }

    /** Runs per second, repeated for at least that long. */
    public static double perSecond(double atLeastSeconds, Work work) throws IOException {
        long begin = System.nanoTime();
        long runs = 0;
        double passed = 0;
        while (passed < atLeastSeconds) {
            work.run();
            runs++;
            passed = (System.nanoTime() - begin) / 1e9;
        }
        return runs / passed;
    }
}
