package io.sekimori.identity.device;

import io.sekimori.generation.Unit;
import io.sekimori.trust.BuildTime;
import io.sekimori.update.TimeReading;
import io.sekimori.update.TimeReading.Source;
import io.sekimori.update.TrustedTime;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * What time it is: the later of the clock's and the console's signed word, as far as they are not before what is over for certain.
 * So that a console's word alone begins nothing early, the earliest time stays beside it that a clock says which a time server
 * keeps, or the console itself said before. Thread-safe.
 */
final class GatewayTime implements TrustedTime {

    /** What clock, console and signatures may differ by. */
    static final Duration SLACK = Duration.ofMinutes(10);

    /** Is there while systemd-timesyncd has the clock right (systemd-timesyncd.service(8)). */
    static final Path SYNCHRONIZED = Path.of("/run/systemd/timesync/synchronized");

    private final SignedFloor signed;
    private final Clock clock;
    private final ConsoleWords words;
    private final Path synchronised;

    GatewayTime(Unit unit, Clock clock) {
        this(unit, BuildTime.instant(), clock, System::nanoTime, SYNCHRONIZED);
    }

    GatewayTime(Unit unit, Instant built, Clock clock, LongSupplier nanos, Path synchronised) {
        this.signed = new SignedFloor(unit, built);
        this.clock = clock;
        this.words = new ConsoleWords(nanos);
        this.synchronised = synchronised;
    }

    @Override
    public TimeReading now() {
        Instant floor = notBefore();
        Instant here = clock.instant();
        Optional<Instant> there = console().filter(said -> isPossible(said, floor));
        boolean kept = Files.exists(synchronised);
        boolean hereCounts = isPossible(here, floor);
        // The later of the two: neither who has the console nor who moves the clock takes back what has ended.
        if (there.isPresent() && (!hereCounts || there.get().isAfter(here.plus(SLACK)))) {
            Instant earliest = Stream.of(
                            there, words.contradicted(), Optional.of(here).filter(clock -> kept))
                    .flatMap(Optional::stream)
                    .filter(time -> isPossible(time, floor))
                    .min(Instant::compareTo)
                    .orElse(there.get());
            return new TimeReading(there.get(), Source.CONSOLE, floor, here, earliest);
        }
        if (!hereCounts) {
            return new TimeReading(here, Source.NONE, floor, here, here);
        }
        return new TimeReading(here, kept ? Source.NETWORK : Source.CLOCK, floor, here, here);
    }

    /** Whether the console's word and the clock contradict each other. */
    boolean contradicted() {
        return console().filter(said -> differ(clock.instant(), said)).isPresent();
    }

    /**
     * When the console's certificates must be valid. Its own word comes first, since only the director can give it; also one before
     * the floor, if the clock stands there as well: a floor that was signed by mistake must not keep out what takes it back.
     */
    Instant certificates() {
        Instant floor = notBefore();
        Instant here = clock.instant();
        Optional<Instant> there = console();
        if (isPossible(here, floor)) {
            return there.filter(said -> isPossible(said, floor)).orElse(here);
        }
        return there.orElse(floor);
    }

    private static boolean isPossible(Instant time, Instant floor) {
        return !time.plus(SLACK).isBefore(floor);
    }

    /** As {@link #certificates}. */
    Clock forCertificates() {
        return new CertificateClock(this);
    }

    /** As {@link SignedFloor#instant}. */
    Instant notBefore() {
        return signed.instant();
    }

    /** As {@link ConsoleWords#newest}. */
    Optional<Instant> console() {
        return words.newest();
    }

    /** Takes the console's word, from now on. */
    void said(Instant time) {
        words.said(time);
    }

    static boolean differ(Instant one, Instant other) {
        return Duration.between(one, other).abs().compareTo(SLACK) > 0;
    }
}
