package io.sekimori.update.engine;

/** Measures whether a source brings enough in each stretch of {@link DownloadLimits#stall}. Confined to one thread. */
final class Stretch {

    private final DownloadLimits limits;
    private long since;
    private long before;

    /**
     * @param nanos a clock that only goes forward, as {@link System#nanoTime}
     * @param here bytes that were here before the source brought any
     */
    Stretch(DownloadLimits limits, long nanos, long here) {
        this.limits = limits;
        this.since = nanos;
        this.before = here;
    }

    /** Whether a stretch has ended, in which too little was added to what is here; if enough was, another begins. */
    boolean broughtTooLittle(long nanos, long here) {
        if (nanos - since < limits.stall().toNanos()) {
            return false;
        }
        boolean tooLittle = here - before < limits.leastBytes();
        since = nanos;
        before = here;
        return tooLittle;
    }
}
