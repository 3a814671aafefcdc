package io.sekimori.connection.mqtt;

import java.time.Duration;
import java.util.function.LongUnaryOperator;

/**
 * How long to pause before the next attempt: anything from nothing to a bound that doubles with each failure (full
 * jitter), so that gateways which lost their broker together do not come back together. Confined to one thread.
 */
final class Backoff {

    private static final int MOST_DOUBLINGS = 30;

    private final LongUnaryOperator random;
    private int failures;

    /** @param random answers a number from 0, inclusive, to its argument, exclusive */
    Backoff(LongUnaryOperator random) {
        this.random = random;
    }

    Duration next(Duration least, Duration longest) {
        long bound = Math.min(longest.toMillis(), least.toMillis() << Math.min(failures, MOST_DOUBLINGS));
        failures = Math.min(failures + 1, MOST_DOUBLINGS);
        return Duration.ofMillis(random.applyAsLong(bound + 1));
    }

    /** It went well: begin anew. */
    void reset() {
        failures = 0;
    }
}
