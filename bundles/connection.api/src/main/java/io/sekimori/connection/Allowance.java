package io.sekimori.connection;

import java.time.Duration;
import java.util.function.LongSupplier;

/** So many at once, and one more each period: for what costs something and is asked for by others. Thread-safe. */
public final class Allowance {

    private final int most;
    private final long periodNanos;
    private final LongSupplier nanoTime;
    private long available;
    private long since;

    /**
     * One that is full.
     *
     * @param nanoTime a time that is never set
     */
    public Allowance(int most, Duration period, LongSupplier nanoTime) {
        this.most = most;
        this.periodNanos = period.toNanos();
        this.nanoTime = nanoTime;
        this.available = most;
        this.since = nanoTime.getAsLong();
    }

    /** Whether one more is allowed now; it is then used up. */
    public synchronized boolean take() {
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
