package io.sekimori.connection.mqtt;

import java.time.Duration;
import java.util.function.LongSupplier;

/** So many at once, and one more each period. Thread-safe. */
final class Allowance {

    private final int most;
    private final long periodNanos;
    private final LongSupplier nanoTime;
    private long available;
    private long since;

    Allowance(int most, Duration period, LongSupplier nanoTime) {
        this.most = most;
        this.periodNanos = period.toNanos();
        this.nanoTime = nanoTime;
        this.available = most;
        this.since = nanoTime.getAsLong();
    }

    /** Whether one more is allowed now; it is then used up. */
    synchronized boolean take() {
        long periods = (nanoTime.getAsLong() - since) / periodNanos;
        available = Math.min(most, available + periods);
        since += periods * periodNanos;
        if (available == 0) {
            return false;
        }
        available--;
        return true;
    }
}
