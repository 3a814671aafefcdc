package io.sekimori.identity.device;

import io.sekimori.identity.EnrolAnswer.Refused;
import io.sekimori.identity.Enrolled;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.service.log.Logger;

/**
 * Renews the gateway's certificate when it is time, and for ever tries again what fails, more and more rarely. Looks at
 * the clock every hour, since that of a gateway may jump. Owns one thread, which begins with the first enrolment.
 */
final class Renewal implements AutoCloseable {

    private static final Duration LOOK = Duration.ofHours(1);
    private static final String ACTOR = "io.sekimori.identity.device";

    private final Renewing renewing;
    private final Supplier<Optional<Enrolled>> enrolled;
    private final Supplier<RenewalSettings> settings;
    private final Clock clock;
    private final Logger log;
    private @Nullable ScheduledThreadPoolExecutor thread;
    private @Nullable ScheduledFuture<?> next;
    private int failures;
    private boolean closed;
    private volatile @Nullable Refused last;

    Renewal(
            Renewing renewing,
            Supplier<Optional<Enrolled>> enrolled,
            Supplier<RenewalSettings> settings,
            Clock clock,
            Logger log) {
        this.renewing = renewing;
        this.enrolled = enrolled;
        this.settings = settings;
        this.clock = clock;
        this.log = log;
    }

    /** Looks now, if there is a certificate: something may have changed. Returns at once. */
    synchronized void begin() {
        if (!closed && enrolled.get().isPresent()) {
            if (thread == null) {
                thread = new ScheduledThreadPoolExecutor(1, work -> new Thread(work, "sekimori-renewal-1"));
                thread.setRemoveOnCancelPolicy(true);
            }
            schedule(Duration.ZERO);
        }
    }

    /** Why the last try failed; empty if it did not. */
    Optional<Refused> refusal() {
        return Optional.ofNullable(last);
    }

    /** Ends; a try that is under way is given up, and made again by whoever comes next. */
    @Override
    public synchronized void close() {
        closed = true;
        if (thread != null) {
            thread.shutdownNow();
        }
    }

    private void look() {
        Duration pause;
        try {
            Optional<Refused> refused = renewing.attempt(ACTOR);
            last = refused.orElse(null);
            pause = refused.isPresent() ? failed(refused.get()) : untilDue();
        } catch (RuntimeException e) { // the boundary of this thread
            log.error("The certificate cannot be renewed; report it with the gateway's log", e);
            pause = LOOK;
        }
        synchronized (this) {
            schedule(pause);
        }
    }

    private Duration failed(Refused refused) {
        log.warn("The certificate is not renewed: {} {}", refused.code(), refused.detail());
        RenewalSettings current = settings.get();
        long least = current.leastPause().toMillis();
        long pause = Math.min(
                least << Math.min(failures++, 20), current.longestPause().toMillis());
        // Jitter, so that a thousand units whose console was away do not come back as one.
        return Duration.ofMillis(pause / 2 + ThreadLocalRandom.current().nextLong(pause / 2 + 1));
    }

    private Duration untilDue() {
        failures = 0;
        Duration left = enrolled.get()
                .map(who -> Duration.between(
                        clock.instant(), settings.get().due(who.chain().get(0))))
                .orElse(LOOK);
        return left.compareTo(LOOK) < 0 ? left.plusSeconds(1) : LOOK;
    }

    private synchronized void schedule(Duration pause) {
        ScheduledThreadPoolExecutor current = thread;
        if (closed || current == null) {
            return;
        }
        if (next != null) {
            next.cancel(false);
        }
        next = current.schedule(this::look, Math.max(0, pause.toMillis()), TimeUnit.MILLISECONDS);
    }
}
