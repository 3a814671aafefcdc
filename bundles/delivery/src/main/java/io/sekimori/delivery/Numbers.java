package io.sekimori.delivery;

import io.sekimori.connection.Allowance;
import io.sekimori.connection.ConnectionCode;
import io.sekimori.connection.Reply;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * What is signed for somebody who asks has a number of its own, for which the disk is synced; who owns the broker asks
 * without end. So each kind has so many numbers to give. Stateless.
 */
final class Numbers {

    static final int AT_ONCE = 60;

    static final Duration NEXT = Duration.ofSeconds(15);

    private Numbers() {}

    static Allowance allowance(LongSupplier nanoTime) {
        return new Allowance(AT_ONCE, NEXT, nanoTime);
    }

    static Reply tooMany() {
        return Reply.refused(503, ConnectionCode.REQUESTS_TOO_MANY.name(), "more answers than are numbered");
    }
}
