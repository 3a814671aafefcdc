package io.sekimori.update.engine;

/** Keeps to a number of bytes for each second; pauses save nothing up. Confined to one thread. */
final class Pace {

    private static final long SHORTEST_PAUSE_MILLIS = 10;
    private static final long NANOS = 1_000_000_000L;

    private final long bytesPerSecond;
    private long start = System.nanoTime();
    private long spent;

    /** @param bytesPerSecond 0 for as fast as it goes */
    Pace(long bytesPerSecond) {
        this.bytesPerSecond = bytesPerSecond;
    }

    /** The most to read at once, so that a slow pace stays an even one. */
    int most(int wanted) {
        return bytesPerSecond == 0 ? wanted : (int) Math.max(1, Math.min(wanted, bytesPerSecond / 10));
    }

    /** Returns when the bytes were due. */
    void spent(int bytes, Cancellation cancellation) throws Stopped {
        if (bytesPerSecond == 0) {
            return;
        }
        spent += bytes;
        long due = start + spent / bytesPerSecond * NANOS + spent % bytesPerSecond * NANOS / bytesPerSecond;
        long early = due - System.nanoTime();
        if (early < -NANOS) {
            start = System.nanoTime();
            spent = 0;
        } else if (early / 1_000_000 >= SHORTEST_PAUSE_MILLIS) {
            cancellation.pause(early / 1_000_000);
        }
    }
}
