package io.sekimori.rollouts.waves;

import io.sekimori.audit.AuditEntry;
import io.sekimori.audit.AuditEntry.Verdict;
import io.sekimori.audit.AuditException;
import io.sekimori.audit.AuditLog;
import io.sekimori.rollouts.RolloutCode;
import io.sekimori.rollouts.RolloutException;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.service.log.Logger;

/** What rollouts leave in the audit. Thread-safe. */
final class Trace {

    private final Supplier<@Nullable AuditLog> audit;
    private final Logger log;

    Trace(Supplier<@Nullable AuditLog> audit, Logger log) {
        this.audit = audit;
        this.log = log;
    }

    /**
     * Records an order that is about to be carried out.
     *
     * @throws RolloutException if it could not be recorded, so that it must be refused
     */
    void allow(String actor, String action, String subject, Map<String, String> detail) throws RolloutException {
        AuditLog current = audit.get();
        if (current == null) {
            throw new RolloutException(RolloutCode.AUDIT_UNAVAILABLE, "no audit is installed", null);
        }
        try {
            current.append(new AuditEntry(actor, action, subject, Verdict.ALLOWED, "", detail));
        } catch (AuditException e) {
            throw new RolloutException(RolloutCode.AUDIT_UNAVAILABLE, String.valueOf(e.getMessage()), e);
        }
    }

    /** Records what became of something; what happened has happened, so a failure is logged. */
    void tell(String actor, String action, String subject, Verdict verdict, String code, Map<String, String> detail) {
        AuditLog current = audit.get();
        try {
            if (current == null) {
                log.error("{} of {} by {} was {} and there is no audit", action, subject, actor, verdict);
            } else {
                current.append(new AuditEntry(actor, action, subject, verdict, code, detail));
            }
        } catch (AuditException e) {
            log.error("{} of {} by {} was {} and is not in the audit", action, subject, actor, verdict, e);
        }
    }
}
