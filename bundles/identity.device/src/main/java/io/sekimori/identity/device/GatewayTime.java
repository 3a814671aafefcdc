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
 * What time it is: the later of the clock's and the console's signed word, as far as they are not before what is over for certain. The
 * word counts on with the time since the machine started, so that nobody who moves the clock moves it. Thread-safe.
 */
final class GatewayTime implements TrustedTime {

    /** What clock, console and signatures may differ by. */
    static final Duration SLACK = Duration.ofMinutes(10);

    // A lie must not outlive the liar, whose successor this gateway may not know yet.
    private static final Duration LASTS = Duration.ofHours(24);

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
        Optional<Instant> there = console().filter(said -> isPossible(said, floor));
        boolean hereCounts = isPossible(here, floor);
        // The later of the two: neither who has the console nor who moves the clock takes back what has ended.
        if (there.isPresent() && (!hereCounts || there.get().isAfter(here.plus(SLACK)))) {
            return new TimeReading(there.get(), Source.CONSOLE, floor, here);
        }
        if (!hereCounts) {
            return new TimeReading(here, Source.NONE, floor, here);
        }
        return new TimeReading(here, Files.exists(synchronised) ? Source.NETWORK : Source.CLOCK, floor, here);
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

    /** What the console's word makes of now; empty while there is none, or none of the last day. A machine that slept makes it too early. */
    Optional<Instant> console() {
        Word known = word;
        if (known == null) {
            return Optional.empty();
        }
        Duration since = Duration.ofNanos(nanos.getAsLong() - known.atNanos());
        return since.compareTo(LASTS) > 0
                ? Optional.empty()
                : Optional.of(known.said().plus(since));
    }

    /** Takes the console's word, from now on. */
    void said(Instant time) {
        word = new Word(time, nanos.getAsLong());
    }

    static boolean differ(Instant one, Instant other) {
        return Duration.between(one, other).abs().compareTo(SLACK) > 0;
    }
}
