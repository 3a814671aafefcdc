package io.sekimori.connection.mqtt;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Wakes the one thread that waits. A ring while nobody waits is not lost; many rings are one. Thread-safe. */
final class Doorbell {

    private final Semaphore rings = new Semaphore(0);

    void ring() {
        rings.release();
    }

    /** Returns at a ring since the last return, or when the time has passed. */
    void await(Duration most) throws InterruptedException {
        if (rings.tryAcquire(Math.max(0, most.toMillis()), TimeUnit.MILLISECONDS)) {
            rings.drainPermits();
        }
    }
}
