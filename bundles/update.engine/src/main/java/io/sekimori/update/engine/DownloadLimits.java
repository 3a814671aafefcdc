package io.sekimori.update.engine;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How a source is read.
 *
 * @param bytesPerSecond the most; 0 for as fast as it goes
 * @param leastBytesPerSecond what a source must bring on average in each stretch of {@code stall}
 * @param stall how long a source may bring less
 * @param tries how often in a row it may fail for one file without having brought it further
 * @param backoff the pause before the second try; doubled with each, up to a minute
 */
record DownloadLimits(long bytesPerSecond, long leastBytesPerSecond, Duration stall, int tries, Duration backoff) {

    /** Of a file on a disk: it is read once, and a failing stick is told at once. */
    static final DownloadLimits LOCAL = new DownloadLimits(0, 0, Duration.ofHours(1), 1, Duration.ZERO);

    private static final long LONGEST_PAUSE_MILLIS = 60_000;

    DownloadLimits {
        if (bytesPerSecond < 0 || leastBytesPerSecond < 0 || stall.toMillis() < 1 || tries < 1) {
            throw new IllegalArgumentException("a limit of downloads is out of range");
        }
        // What is slow by order must not count as a source that stalls.
        if (bytesPerSecond > 0) {
            leastBytesPerSecond = Math.min(leastBytesPerSecond, bytesPerSecond / 2);
        }
    }

    /** What one stretch must bring. */
    long leastBytes() {
        return Math.max(1, leastBytesPerSecond * stall.toMillis() / 1000);
    }

    /** The pause after so many failures, half of it by chance, so that a fleet does not come back at once. */
    long pauseMillis(int failures) {
        long whole = Math.min(LONGEST_PAUSE_MILLIS, backoff.toMillis() << Math.min(failures - 1, 16));
        return whole / 2 + ThreadLocalRandom.current().nextLong(whole / 2 + 1);
    }
}
