package io.sekimori.connection.mqtt;

import io.sekimori.audit.AuditEntry.Verdict;
import io.sekimori.connection.Allowance;
import io.sekimori.connection.ConnectionCode;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * Messages that nobody is served for. Each kind is audited at most a few times at once and then once a minute, with how many there
 * were between, so that a flood neither fills the audit nor wears out what it lies on, and hides no other kind. What goes
 * unrecorded is only counted: its number follows within two minutes or at the end of this process, and a power cut loses it.
 * Thread-safe.
 */
final class Drops {

    static final Duration PERIOD = Duration.ofSeconds(60);

    private static final int AT_ONCE = 5;

    private final AuditDesk audit;
    private final LongSupplier nanoTime;
    private final Executor later;
    private final Map<String, Kind> kinds = new ConcurrentHashMap<>();

    /** @param later carries something out when a period has passed */
    Drops(AuditDesk audit, LongSupplier nanoTime, Executor later) {
        this.audit = audit;
        this.nanoTime = nanoTime;
        this.later = later;
    }

    /** A message on this topic was dropped. */
    void note(ConnectionCode code, String topic, String why) {
        note(code, "", topic, why);
    }

    /** As above, where each application is a kind of its own; of those that are installed, so that their number is bounded. */
    void note(ConnectionCode code, String application, String topic, String why) {
        kinds.computeIfAbsent(code + " " + application, kind -> new Kind(code)).note(topic, why);
    }

    /** Records what was only counted. */
    void end() {
        kinds.values().forEach(Kind::tellRest);
    }

    /** Thread-safe; its lock is never held while the audit is waited for. */
    private final class Kind {

        private final ConnectionCode code;
        private final Allowance allowance = new Allowance(AT_ONCE, PERIOD, nanoTime);
        private long unrecorded;
        private boolean looking; // a look is to come, and no other
        private String topic = "";
        private String why = "";

        Kind(ConnectionCode code) {
            this.code = code;
        }

        void note(String of, String because) {
            boolean recorded;
            boolean first;
            long before;
            synchronized (this) {
                recorded = allowance.take();
                before = unrecorded;
                first = !recorded && !looking;
                looking |= first;
                unrecorded = recorded ? 0 : before + 1;
                topic = recorded ? "" : OutsideText.shown(of, 500);
                why = because;
            }
            if (recorded) {
                tell(of, because, before);
            } else if (first) {
                later.execute(this::look);
            }
        }

        /** Nobody may come any more with whom the number would be told. */
        private void look() {
            boolean due;
            boolean again;
            synchronized (this) {
                due = unrecorded > 0 && allowance.take();
                looking = unrecorded > 0 && !due;
                again = looking;
            }
            if (due) {
                tellRest();
            } else if (again) {
                later.execute(this::look);
            }
        }

        void tellRest() {
            String last;
            String because;
            long left;
            synchronized (this) {
                left = unrecorded;
                last = topic;
                because = why;
                unrecorded = 0;
            }
            if (left > 0) {
                tell(last, because, left - 1);
            }
        }

        private void tell(String of, String because, long before) {
            audit.tell(
                    AuditDesk.SELF,
                    "connection.drop",
                    of.isEmpty() ? "no topic" : of,
                    Verdict.REFUSED,
                    code.name(),
                    Map.of("why", because, "unrecorded", Long.toString(before)));
        }
    }
}
