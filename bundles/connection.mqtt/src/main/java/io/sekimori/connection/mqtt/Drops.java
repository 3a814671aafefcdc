package io.sekimori.connection.mqtt;

import io.sekimori.audit.AuditEntry.Verdict;
import io.sekimori.connection.ConnectionCode;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Messages that nobody can be answered for. Each kind is audited at most a few times a minute, the later entries with
 * how many there were between, so that a flood does not fill the audit. Thread-safe.
 */
final class Drops {

    private static final int AT_ONCE = 5;
    private static final Duration PERIOD = Duration.ofSeconds(60);

    private final AuditDesk audit;
    private final Map<ConnectionCode, Kind> kinds = new EnumMap<>(ConnectionCode.class);

    Drops(AuditDesk audit, LongSupplier nanoTime) {
        this.audit = audit;
        for (ConnectionCode code : ConnectionCode.values()) {
            kinds.put(code, new Kind(new Allowance(AT_ONCE, PERIOD, nanoTime)));
        }
    }

    /** A message on this topic was dropped. */
    void note(ConnectionCode code, String topic, String why) {
        long before = kinds.get(code).countOrTake();
        if (before >= 0) {
            audit.tell(
                    AuditDesk.SELF,
                    "connection.drop",
                    topic.isEmpty() ? "no topic" : topic,
                    Verdict.REFUSED,
                    code.name(),
                    Map.of("why", why, "unrecorded", Long.toString(before)));
        }
    }

    private static final class Kind {

        private final Allowance allowance;
        private long unrecorded;

        Kind(Allowance allowance) {
            this.allowance = allowance;
        }

        /** How many went unrecorded before this one, or -1 if this one does too. */
        synchronized long countOrTake() {
            if (!allowance.take()) {
                unrecorded++;
                return -1;
            }
            long before = unrecorded;
            unrecorded = 0;
            return before;
        }
    }
}
