package io.sekimori.connection.mqtt;

import io.sekimori.connection.Link.State;
import io.sekimori.connection.Link.Status;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How the connection stands, for those who ask. Thread-safe. */
final class Standing {

    private final Clock clock;
    private volatile Status status;

    Standing(Clock clock) {
        this.clock = clock;
        this.status = new Status(State.NOT_ENROLLED, clock.instant(), "", Optional.empty(), 0);
    }

    Status status(int waiting) {
        Status now = status;
        return new Status(now.state(), now.since(), now.detail(), now.nextTry(), waiting);
    }

    void is(State state, String detail) {
        status = new Status(state, clock.instant(), detail, Optional.empty(), 0);
    }

    void waits(String why, Duration pause) {
        Instant now = clock.instant();
        status = new Status(State.WAITING, now, why, Optional.of(now.plus(pause)), 0);
    }
}
