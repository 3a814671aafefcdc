package io.sekimori.itests.fleet;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits for what another process does. */
final class Waiting {

    private static final long GLANCE_NANOS = 20_000_000;

    private Waiting() {}

    /** Whether it has come about. */
    interface Condition {
        boolean holds() throws IOException;
    }

    static void until(String what, Duration patience, Condition condition) throws IOException {
        until(what, patience, GLANCE_NANOS, condition);
    }

    /** The same, looking less often. */
    static void until(String what, Duration patience, long glanceNanos, Condition condition) throws IOException {
        long began = System.nanoTime();
        while (!condition.holds()) {
            if (System.nanoTime() - began > patience.toNanos()) {
                throw new IOException("not within " + patience.toSeconds() + " s: " + what);
            }
            LockSupport.parkNanos(glanceNanos);
        }
    }
}
