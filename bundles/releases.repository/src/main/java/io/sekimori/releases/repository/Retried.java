package io.sekimori.releases.repository;

import io.sekimori.audit.AuditEntry.Verdict;
import io.sekimori.audit.Repeats;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/**
 * Records refusals of what is tried again by itself: the first one, and then one in {@link #PAUSE} that says how many it stands
 * for. The same refusal in other words is the same, since a gateway may choose the words. Thread-safe.
 */
final class Retried {

    static final Duration PAUSE = Duration.ofHours(1);

    private final Trace trace;
    private final Repeats repeats;

    Retried(Trace trace, Clock clock) {
        this.trace = trace;
        this.repeats = new Repeats(clock, PAUSE);
    }

    void refused(String actor, String action, String subject, RefusedException why) {
        long times = repeats.due(String.join("\n", actor, action, subject, why.code()));
        if (times > 0) {
            Map<String, String> detail = Map.of("detail", why.detail(), "count", Long.toString(times));
            trace.tell(actor, action, subject, Verdict.REFUSED, why.code(), detail);
        }
    }
}
