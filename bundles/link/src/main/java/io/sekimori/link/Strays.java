package io.sekimori.link;

import io.sekimori.audit.AuditEntry;
import io.sekimori.audit.AuditEntry.Verdict;
import io.sekimori.audit.AuditException;
import io.sekimori.audit.AuditLog;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.service.log.Logger;

/**
 * Messages that mean nothing here or are not proved. All are counted; the audit gets one record in {@link #PAUSE}, so
 * that a flood of them fills no disk. Thread-safe.
 */
final class Strays {

    static final Duration PAUSE = Duration.ofMinutes(1);

    private final Supplier<@Nullable AuditLog> audit;
    private final Clock clock;
    private final Logger log;
    private final AtomicLong count = new AtomicLong();
    private long told;
    private Instant last = Instant.MIN;

    Strays(Supplier<@Nullable AuditLog> audit, Clock clock, Logger log) {
        this.audit = audit;
        this.clock = clock;
        this.log = log;
    }

    long count() {
        return count.get();
    }

    /** Counts one. */
    void dropped(String code, String topic, String detail) {
        long now = count.incrementAndGet();
        long since = due(now);
        if (since == 0) {
            return;
        }
        AuditLog current = audit.get();
        if (current == null) {
            log.warn("{} messages were dropped and there is no audit", since);
            return;
        }
        try {
            current.append(new AuditEntry(
                    "io.sekimori.link",
                    "link.drop",
                    cleaned(topic, 300),
                    Verdict.REFUSED,
                    code,
                    Map.of("detail", cleaned(detail, 500), "count", Long.toString(since))));
        } catch (AuditException e) {
            log.error("{} messages were dropped and that is not in the audit", since, e);
        }
    }

    private synchronized long due(long now) {
        Instant moment = clock.instant();
        if (!last.equals(Instant.MIN) && moment.isBefore(last.plus(PAUSE)) && !moment.isBefore(last)) {
            return 0;
        }
        last = moment;
        long since = now - told;
        told = now;
        return since;
    }

    private static String cleaned(String text, int most) {
        String cut = text.length() > most ? text.substring(0, most) : text;
        String plain = cut.replaceAll("[\\p{Cntrl}\\p{Cs}]", "?");
        return plain.isEmpty() ? "?" : plain;
    }
}
