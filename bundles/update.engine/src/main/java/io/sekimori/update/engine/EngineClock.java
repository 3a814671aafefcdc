package io.sekimori.update.engine;

import io.sekimori.update.TimeReading;
import io.sekimori.update.TrustedTime;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Supplier;

/** The time that the engine goes by: the trusted one where somebody knows it, else the clock's; whole milliseconds. Thread-safe. */
final class EngineClock extends Clock {

    private final Supplier<Optional<TrustedTime>> trusted;

    EngineClock(Supplier<Optional<TrustedTime>> trusted) {
        this.trusted = trusted;
    }

    @Override
    public Instant instant() {
        return trusted.get()
                .map(TrustedTime::now)
                .map(TimeReading::now)
                .orElseGet(Instant::now)
                .truncatedTo(ChronoUnit.MILLIS);
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    /** The same: windows have a zone of their own. */
    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
