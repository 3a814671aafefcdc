package io.sekimori.access.people;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Counts sign-ins that were turned away without a look at the password. They cost whoever sends them nothing, so the
 * audit gets one record in {@link #PAUSE} for all of them, with their number: each record wears the flash of a gateway. Those since the
 * last record are lost with the process. Thread-safe.
 */
final class TurnedAway {

    static final Duration PAUSE = Duration.ofMinutes(1);

    private final Clock clock;
    private long untold;
    private Instant told = Instant.MIN;

    TurnedAway(Clock clock) {
        this.clock = clock;
    }

    /** Counts one; answers how many are to be told now, 0 if none. */
    synchronized long count() {
        Instant now = clock.instant();
        untold++;
        if (!told.equals(Instant.MIN) && now.isBefore(told.plus(PAUSE)) && !now.isBefore(told)) {
            return 0;
        }
        told = now;
        long count = untold;
        untold = 0;
        return count;
    }
}
