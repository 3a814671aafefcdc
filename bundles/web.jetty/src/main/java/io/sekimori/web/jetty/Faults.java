package io.sekimori.web.jetty;

import io.sekimori.web.WebException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.osgi.service.log.Logger;

/**
 * Tells the log what went wrong with requests. An error ends an update's probation, and a line takes room, so nothing that
 * strangers do is an error, what is their own fault is for debugging alone, and of the rest each kind has one line in ten
 * seconds, with how many there were. Thread-safe.
 */
final class Faults {

    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final int OUR_FAULT = 500;

    private final Logger log;
    private final LongSupplier nanos;
    private final Map<String, Told> told = new ConcurrentHashMap<>();

    /** When a kind was told last, and how many were not told since. */
    private record Told(long nanos, long untold) {}

    Faults(Logger log) {
        this(log, System::nanoTime);
    }

    /** @param nanos a time that is never set */
    Faults(Logger log, LongSupplier nanos) {
        this.log = log;
        this.nanos = nanos;
    }

    /** A request was refused; without a cause there is nothing to tell. */
    void refused(String method, WebException e) {
        if (e.getCause() == null) {
            return;
        }
        if (e.problem().status() < OUR_FAULT) {
            log.debug("{} {} was refused", method, e.problem().code(), e);
        } else {
            seldom(
                    method + " " + e.problem().code() + " was refused",
                    e.problem().code().name(),
                    e);
        }
    }

    /** What nobody thought of happened; only somebody who is known makes an error of it. */
    void failed(String what, Exception e, boolean known) {
        if (known) {
            log.error("{} failed", what, e);
        } else {
            seldom("a request of nobody known failed", "FAILED", e);
        }
    }

    /** A part of the gateway or console did not give the answer it began. */
    void brokeOff(Exception e) {
        seldom("an answer broke off", "BROKE_OFF", e);
    }

    /** The caller did not send all, or did not wait for all. */
    void gone(Exception e) {
        log.debug("a caller went before the end", e);
    }

    /** @param kind one of few */
    private void seldom(String what, String kind, Exception e) {
        long now = nanos.getAsLong();
        long[] untold = {-1};
        told.compute(kind, (key, before) -> {
            if (isFresh(before, now)) {
                return new Told(before.nanos(), before.untold() + 1);
            }
            untold[0] = before == null ? 0 : before.untold();
            return new Told(now, 0);
        });
        if (untold[0] >= 0) {
            log.warn("{}; {} more like it since the last line", what, untold[0], e);
        }
    }

    private static boolean isFresh(@Nullable Told before, long now) {
        return before != null && now - before.nanos() < PAUSE_NANOS;
    }
}
