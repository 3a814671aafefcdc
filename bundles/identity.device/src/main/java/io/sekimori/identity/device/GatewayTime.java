package io.sekimori.identity.device;

import io.sekimori.generation.Unit;
import io.sekimori.trust.BuildTime;
import io.sekimori.trust.UpdateVerifier;
import io.sekimori.update.TimeReading;
import io.sekimori.update.TimeReading.Source;
import io.sekimori.update.TrustedTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What time it is: the clock's, unless it stands before what is over for certain or the console's signed word contradicts it. The
 * word counts on with the time since the machine started, so that nobody who moves the clock moves it. Thread-safe.
 */
final class GatewayTime implements TrustedTime {

    /** What clock, console and signatures may differ by. */
    static final Duration SLACK = Duration.ofMinutes(10);

    /** Is there while systemd-timesyncd has the clock right (systemd-timesyncd.service(8)). */
    static final Path SYNCHRONIZED = Path.of("/run/systemd/timesync/synchronized");

    private final Unit unit;
    private final Instant built;
    private final Clock clock;
    private final LongSupplier nanos;
    private final Path synchronised;
    private volatile @Nullable Word word;

    /** What the console said, and when by the time since the machine started. */
    private record Word(Instant said, long atNanos) {}

    GatewayTime(Unit unit, Clock clock) {
        this(unit, BuildTime.instant(), clock, System::nanoTime, SYNCHRONIZED);
    }

    GatewayTime(Unit unit, Instant built, Clock clock, LongSupplier nanos, Path synchronised) {
        this.unit = unit;
        this.built = built;
        this.clock = clock;
        this.nanos = nanos;
        this.synchronised = synchronised;
    }

    @Override
    public TimeReading now() {
        Instant floor = notBefore();
        Instant here = clock.instant();
        Optional<Instant> there = console().filter(said -> !said.plus(SLACK).isBefore(floor));
        if (there.isPresent() && differ(here, there.get())) {
            return new TimeReading(there.get(), Source.CONSOLE, floor, here);
        }
        if (here.plus(SLACK).isBefore(floor)) {
            return new TimeReading(here, Source.NONE, floor, here);
        }
        return new TimeReading(here, Files.exists(synchronised) ? Source.NETWORK : Source.CLOCK, floor, here);
    }

    /** When certificates must be valid; without anybody's word, what is over for certain is the best guess. */
    Clock forCertificates() {
        return new CertificateClock(this);
    }

    /** What is over for certain; where the roots cannot be read nothing is accepted either. */
    Instant notBefore() {
        try {
            return new UpdateVerifier(
                            unit.metadata(),
                            Files.readAllBytes(unit.releaseAnchor()),
                            Files.readAllBytes(unit.directorAnchor()),
                            built)
                    .notBefore();
        } catch (IOException e) {
            return built;
        }
    }

    /** What the console's word makes of now; empty while there is none. */
    Optional<Instant> console() {
        Word known = word;
        return known == null
                ? Optional.empty()
                : Optional.of(known.said().plusNanos(nanos.getAsLong() - known.atNanos()));
    }

    /** Takes the console's word, from now on. */
    void said(Instant time) {
        word = new Word(time, nanos.getAsLong());
    }

    /** Forgets the console's word: the machine may have slept, which the time since it started does not count. */
    void forget() {
        word = null;
    }

    static boolean differ(Instant one, Instant other) {
        return Duration.between(one, other).abs().compareTo(SLACK) > 0;
    }
}
