package io.sekimori.update;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/**
 * What time it is, and whose word it is.
 *
 * @param now the time to go by; without a source what the clock says, which is wrong
 * @param source whose word it is
 * @param notBefore what is over for certain: nothing earlier is believed
 * @param clock what the unit's own clock says
 * @param earliest the earliest of what must be reckoned with: what ends at a time has ended by {@link #now}, and what begins at
 *     one has begun only if it has by this, too. Never after {@code now}, and the same unless the console is contradicted by a
 *     clock that a time server keeps or by itself
 */
public record TimeReading(Instant now, Source source, Instant notBefore, Instant clock, Instant earliest) {

    /** Whose word a time is. Stable names: add, never rename. */
    public enum Source {
        /** The unit's clock, which nothing contradicts. */
        CLOCK,
        /** The unit's clock, which a time server keeps. */
        NETWORK,
        /** The console's signed word, which contradicts the clock. */
        CONSOLE,
        /** Nobody's: the clock stands before what is over for certain, and nobody has said better. */
        NONE
    }

    /**
     * @throws NullPointerException if a part is null
     * @throws IllegalArgumentException if the earliest is after now
     */
    public TimeReading {
        Objects.requireNonNull(now, "now");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(notBefore, "notBefore");
        Objects.requireNonNull(clock, "clock");
        Objects.requireNonNull(earliest, "earliest");
        if (earliest.isAfter(now)) {
            throw new IllegalArgumentException("the earliest is not after now");
        }
    }

    /** Whether anything may be judged by it. */
    public boolean trusted() {
        return source != Source.NONE;
    }

    /** How far the clock is behind; negative if it is ahead. */
    public Duration offset() {
        return Duration.between(clock, now);
    }
}
