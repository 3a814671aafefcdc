package io.sekimori.demo;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits for what must become true. Stateless. */
final class Waiting {

    private static final Duration GLANCE = Duration.ofMillis(50);

    private Waiting() {}

    static void until(String what, Duration patience, Gateway.Condition condition) throws IOException, Broken {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > deadline) {
                throw new Broken(patience.toSeconds() + " s passed, and not: " + what);
            }
            LockSupport.parkNanos(GLANCE.toNanos());
            if (Thread.currentThread().isInterrupted()) {
                throw new Broken("interrupted while waiting for: " + what);
            }
        }
    }
}
