package io.sekimori.update.engine;

import java.util.function.LongSupplier;

/** Keeps to a number of bytes for each second; of a pause no more than a second is made up for. Confined to one thread. */
final class Pace {

    private static final long SHORTEST_PAUSE_MILLIS = 10;
    private static final long MOST_MADE_UP_FOR_MILLIS = 1_000;
    private static final long NANOS = 1_000_000_000L;

    private final long bytesPerSecond;
    private final LongSupplier nanos;
    private final Pause pause;
    private long start;
    private long spent;

    /** Waits; throws when the transition was cancelled. */
    interface Pause {
        void forMillis(long millis) throws Stopped;
    }

    /**
     * @param bytesPerSecond 0 for as fast as it goes
     * @param nanos a clock that only goes forward, as {@link System#nanoTime}
     */
    Pace(long bytesPerSecond, LongSupplier nanos, Pause pause) {
        this.bytesPerSecond = bytesPerSecond;
        this.nanos = nanos;
        this.pause = pause;
        this.start = nanos.getAsLong();
    }

    /** The most to read at once, so that a slow pace stays an even one. */
    int most(int wanted) {
        return bytesPerSecond == 0 ? wanted : (int) Math.max(1, Math.min(wanted, bytesPerSecond / 10));
    }

    /** Returns when the bytes were due. */
    void spent(int bytes) throws Stopped {
        if (bytesPerSecond == 0) {
            return;
        }
        spent += bytes;
        long due = start + spent / bytesPerSecond * NANOS + spent % bytesPerSecond * NANOS / bytesPerSecond;
        long earlyMillis = (due - nanos.getAsLong()) / 1_000_000;
        if (earlyMillis < -MOST_MADE_UP_FOR_MILLIS) {
            start = nanos.getAsLong();
            spent = 0;
        } else if (earlyMillis >= SHORTEST_PAUSE_MILLIS) {
            pause.forMillis(earlyMillis);
        }
    }
}
