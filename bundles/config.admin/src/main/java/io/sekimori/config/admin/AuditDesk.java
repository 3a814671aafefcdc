package io.sekimori.config.admin;

import io.sekimori.audit.AuditCode;
import io.sekimori.audit.AuditEntry;
import io.sekimori.audit.AuditEntry.Verdict;
import io.sekimori.audit.AuditException;
import io.sekimori.audit.AuditLog;
import io.sekimori.config.Authorship;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.service.log.Logger;

/** Tells the audit of what happens to configurations. Never tells a value. Thread-safe. */
final class AuditDesk {

    private final Supplier<@Nullable AuditLog> audit;
    private final Logger log;

    AuditDesk(Supplier<@Nullable AuditLog> audit, Logger log) {
        this.audit = audit;
        this.log = log;
    }

    /** What one action leaves in the audit. */
    record Trace(String action, String pid, Authorship authorship, Map<String, String> detail) {

        private AuditEntry entry(Verdict verdict, String code, Map<String, String> more) {
            Map<String, String> all = new HashMap<>(detail);
            all.put("reason", authorship.reason());
            all.putAll(more);
            return new AuditEntry(authorship.author(), action, pid, verdict, code, all);
        }
    }

    /** Records that an action is permitted; if this throws, it must not be done. */
    void allow(Trace trace) throws AuditException {
        AuditEntry entry;
        try {
            entry = trace.entry(Verdict.ALLOWED, "", Map.of());
        } catch (IllegalArgumentException e) {
            throw new AuditException(AuditCode.AUDIT_UNWRITABLE, String.valueOf(e.getMessage()), e);
        }
        current().append(entry);
    }

    /** Records that an action was done without having been recorded before. */
    void late(Trace trace) throws AuditException {
        current().append(trace.entry(Verdict.DONE, "", Map.of("late", "true")));
    }

    /** Records how an action ended, as well as it can: what was done stays done. */
    void tell(Trace trace, Verdict verdict, String code) {
        try {
            current().append(trace.entry(verdict, code, Map.of()));
        } catch (AuditException e) {
            log.error("{} {} of {} is not in the audit", verdict, trace.action(), trace.pid(), e);
        }
    }

    private AuditLog current() throws AuditException {
        AuditLog current = audit.get(); // read once: one call, one audit
        if (current == null) {
            throw new AuditException(AuditCode.AUDIT_ABSENT, "no audit is installed", null);
        }
        return current;
    }
}
