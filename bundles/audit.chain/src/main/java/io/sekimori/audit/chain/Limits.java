package io.sekimori.audit.chain;

import java.time.Duration;

/**
 * One immutable configuration of the chain.
 *
 * @param segmentBytes a segment that has reached this is followed by a new one
 * @param keepBytes the oldest segments beyond this are removed, which a line tells; two are always kept
 * @param queue how many entries may wait for the disk
 * @param patience how long a caller may wait for room, for another writer, and for the disk, each
 */
record Limits(long segmentBytes, long keepBytes, int queue, Duration patience) {

    static final Limits DEFAULT = new Limits(4L << 20, 256L << 20, 4096, Duration.ofSeconds(10));

    Limits {
        if (segmentBytes < 1 || keepBytes < 1 || queue < 1 || patience.isNegative()) {
            throw new IllegalArgumentException("limits must be positive");
        }
    }
}
