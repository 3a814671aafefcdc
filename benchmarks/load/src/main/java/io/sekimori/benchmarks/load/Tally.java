package io.sekimori.benchmarks.load;

/** What became of the calls of one window. Thread-safe. */
final class Tally {

    private long made;
    private long lost;
    private long longestPauseNanos;

    /** @param pauseNanos how much longer the caller waited for this answer than the call takes */
    synchronized void answered(long pauseNanos) {
        made++;
        longestPauseNanos = Math.max(longestPauseNanos, pauseNanos);
    }

    synchronized void lost() {
        made++;
        lost++;
    }

    /** As a line of the results. */
    @Override
    public synchronized String toString() {
        return made + " " + lost + " " + longestPauseNanos;
    }
}
