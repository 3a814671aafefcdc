package io.sekimori.update.engine;

import io.sekimori.update.Reason;

/** Counts failures in a row for one file; what has brought it further begins the row anew. Confined to one thread. */
final class Tries {

    private final DownloadLimits limits;
    private final Cancellation cancellation;
    private int failures;
    private long before;
    private long reached;

    Tries(DownloadLimits limits, Cancellation cancellation) {
        this.limits = limits;
        this.cancellation = cancellation;
    }

    /** Another try begins, with so many bytes here. */
    void begin(long here) {
        reached(here);
        before = reached;
    }

    /** So many bytes are here; fewer than before are no step back, since somebody began anew. */
    void reached(long here) {
        reached = Math.max(reached, here);
    }

    /** Returns after a pause, when it may be tried again. */
    void failed(Reason reason) throws Stopped {
        failures = reached - before >= limits.leastBytes() ? 1 : failures + 1;
        if (failures >= limits.tries()) {
            throw new Stopped(reason);
        }
        cancellation.pause(limits.pauseMillis(failures));
    }
}
