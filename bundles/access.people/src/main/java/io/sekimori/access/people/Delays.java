package io.sekimori.access.people;

import io.sekimori.access.Failures;
import java.time.Duration;
import java.time.Instant;

/**
 * How long nothing is checked after failures: not at all for the first few, then twice as long after each. A try counts
 * as failed before it is checked, so that many at once gain nothing. Immutable.
 *
 * @param free how many failures have no consequence
 * @param first the first delay
 * @param longest the longest delay
 */
record Delays(int free, Duration first, Duration longest) {

    /** After this time a failure is forgotten. */
    static final Duration MEMORY = Duration.ofHours(24);

    private static final int MOST_DOUBLINGS = 20;

    /** How long is still to be waited; zero if nothing is. */
    Duration left(Failures failures, Instant now) {
        Duration left = Duration.between(now, failures.closedUntil());
        // A clock set back must not close the door for longer than any delay.
        return left.isNegative() || left.compareTo(longest) > 0 ? Duration.ZERO : left;
    }

    /** With one more failure. */
    Failures more(Failures failures, Instant now) {
        boolean forgotten = failures.last().isBefore(now.minus(MEMORY));
        int count = forgotten ? 1 : failures.count() + 1;
        Instant until = count < free ? Instant.EPOCH : now.plus(delay(count - free));
        return new Failures(count, now, until);
    }

    /** With one failure fewer, since that try succeeded. */
    Failures less(Failures failures) {
        return failures.count() <= 1
                ? Failures.NONE
                : new Failures(failures.count() - 1, failures.last(), Instant.EPOCH);
    }

    private Duration delay(int doublings) {
        Duration delay = first.multipliedBy(1L << Math.min(doublings, MOST_DOUBLINGS));
        return delay.compareTo(longest) < 0 ? delay : longest;
    }
}
