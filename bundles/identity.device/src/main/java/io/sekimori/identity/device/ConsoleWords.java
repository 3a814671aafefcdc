package io.sekimori.identity.device;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What the console has said of the time, which goes on with the time since the machine started, so that nobody who moves the
 * clock moves it. Its newest word counts; beside it the first of a day is kept, with which each later one is compared, so that
 * many small steps do not go farther than one. Thread-safe.
 */
final class ConsoleWords {

    // A lie must not outlive the liar, whose successor this gateway may not know yet.
    private static final Duration LASTS = Duration.ofHours(24);

    private final LongSupplier nanos;
    private @Nullable Word newest;
    private @Nullable Word first;
    private boolean contradicts;

    /**
     * A word.
     *
     * @param sinceNanos from when on it lasts
     */
    private record Word(Instant said, long atNanos, long sinceNanos) {}

    ConsoleWords(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Takes the console's word, from now on. */
    synchronized void said(Instant time) {
        long now = nanos.getAsLong();
        Word anchor = now(first).isPresent() ? first : null;
        if (anchor == null) {
            contradicts = false; // a day is over: what it said last is the first of the next
            anchor = now(newest).isPresent() ? newest : new Word(time, now, now);
            anchor = new Word(anchor.said(), anchor.atNanos(), now);
        }
        boolean differs =
                now(anchor).filter(known -> GatewayTime.differ(known, time)).isPresent();
        if (differs && !contradicts) {
            anchor = new Word(anchor.said(), anchor.atNanos(), now); // for a day from now on, whatever follows
        }
        contradicts = differs;
        first = anchor;
        newest = new Word(time, now, now);
    }

    /** What its newest word makes of now; empty while there is none, or none of the last day. A machine that slept makes it too early. */
    synchronized Optional<Instant> newest() {
        return now(newest);
    }

    /** What the first word of the day makes of now, for a day since it was contradicted; empty while the newest agrees with it. */
    synchronized Optional<Instant> contradicted() {
        return contradicts ? now(first) : Optional.empty();
    }

    private Optional<Instant> now(@Nullable Word word) {
        if (word == null) {
            return Optional.empty();
        }
        long now = nanos.getAsLong();
        return now - word.sinceNanos() > LASTS.toNanos()
                ? Optional.empty()
                : Optional.of(word.said().plusNanos(now - word.atNanos()));
    }
}
