package io.sekimori.identity.device;

import io.sekimori.identity.EnrolAnswer.Refused;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.service.log.Logger;

/**
 * Asks the console for the time: at the start, twice a day, and whenever the clock jumps against the time since the machine started;
 * more often while it contradicts the clock, since one of the two is wrong and may be put right.
 * Owns one thread, which begins with the first enrolment.
 */
final class TimeWatch implements AutoCloseable {

    /** Whom to ask. */
    record Place(URI console, String pin) {}

    /** How a console is asked. */
    @FunctionalInterface
    interface Asking {

        /** Takes the console's word, or says why it is not believed. */
        void ask(URI console, String pin) throws NotEnrolled;
    }

    private static final Duration LOOK = Duration.ofSeconds(30);
    private static final Duration JUMP = Duration.ofMinutes(1);
    private static final Duration AGAIN = Duration.ofHours(12);
    private static final Duration SOON = Duration.ofMinutes(15);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);

    private final GatewayTime time;
    private final Asking console;
    private final Supplier<Optional<Place>> place;
    private final Clock clock;
    private final LongSupplier nanos;
    private final Logger log;
    private @Nullable ScheduledThreadPoolExecutor thread;
    private boolean closed;
    private int failures;
    private long due;
    private Instant wall;
    private long since;
    private volatile @Nullable Refused last;

    TimeWatch(
            GatewayTime time,
            Asking console,
            Supplier<Optional<Place>> place,
            Clock clock,
            LongSupplier nanos,
            Logger log) {
        this.time = time;
        this.console = console;
        this.place = place;
        this.clock = clock;
        this.nanos = nanos;
        this.log = log;
        this.wall = clock.instant();
        this.since = nanos.getAsLong();
        this.due = since;
    }

    /** Looks from now on, if there is somebody to ask. Returns at once. */
    synchronized void begin() {
        if (closed || thread != null || place.get().isEmpty()) {
            return;
        }
        // A fleet that was switched on together does not ask together, unless it must.
        due = nanos.getAsLong()
                + (time.now().trusted() ? ThreadLocalRandom.current().nextLong(LONGEST_PAUSE.toNanos() / 6) : 0);
        thread = new ScheduledThreadPoolExecutor(1, work -> new Thread(work, "sekimori-time-1"));
        thread.scheduleWithFixedDelay(this::safely, 0, LOOK.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Why the console was not believed when it was asked last; empty if it was, or was not asked. */
    Optional<Refused> refusal() {
        return Optional.ofNullable(last);
    }

    /** Asks no more. */
    @Override
    public synchronized void close() {
        closed = true;
        if (thread != null) {
            thread.shutdownNow();
        }
    }

    private void safely() {
        try {
            look();
        } catch (RuntimeException e) { // the boundary of this thread
            log.error("The time cannot be looked after; report it with the gateway's log", e);
        }
    }

    /** One look; in the thread, or in that of a test. */
    void look() {
        if (jumped()) {
            log.warn("The clock jumped; it is {} by it now", wall);
            due = since;
        }
        if (since - due >= 0) {
            place.get().ifPresent(this::ask);
        }
    }

    private boolean jumped() {
        Instant wallNow = clock.instant();
        long nanosNow = nanos.getAsLong();
        Duration moved = Duration.between(wall, wallNow).minusNanos(nanosNow - since);
        wall = wallNow;
        since = nanosNow;
        return moved.abs().compareTo(JUMP) > 0;
    }

    private void ask(Place whom) {
        try {
            console.ask(whom.console(), whom.pin());
            boolean contradicted = time.contradicted();
            if (contradicted) {
                log.warn(
                        "The clock says {}, the console {}; the later counts",
                        wall,
                        time.console().map(Instant::toString).orElse(""));
            }
            last = null;
            failures = 0;
            due = since + (contradicted ? SOON : AGAIN).toNanos();
        } catch (NotEnrolled e) {
            log.info("The console does not say what time it is: {} {}", e.code(), e.detail());
            last = new Refused(e.code(), e.detail());
            long pause = Math.min(LOOK.toNanos() << Math.min(failures++, 20), LONGEST_PAUSE.toNanos());
            due = since + pause / 2 + ThreadLocalRandom.current().nextLong(pause / 2 + 1);
        }
    }
}
