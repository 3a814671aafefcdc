package io.sekimori.releases.repository;

import io.sekimori.audit.AuditEntry;
import io.sekimori.audit.AuditEntry.Verdict;
import io.sekimori.audit.AuditException;
import io.sekimori.audit.AuditLog;
import io.sekimori.releases.ReleasesCode;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.service.log.Logger;

/** What this area leaves in the audit: nothing is changed on somebody's order that is not recorded first. Thread-safe. */
final class Trace {

    private final Supplier<@Nullable AuditLog> audit;
    private final Logger log;

    Trace(Supplier<@Nullable AuditLog> audit, Logger log) {
        this.audit = audit;
        this.log = log;
    }

    /** Records what is about to be done. */
    void allow(String actor, String action, String subject, Map<String, String> detail) throws RefusedException {
        AuditLog now = audit.get();
        if (now == null) {
            throw new RefusedException(ReleasesCode.AUDIT_UNAVAILABLE, "no audit service is there");
        }
        try {
            now.append(entry(actor, action, subject, Verdict.ALLOWED, "", detail));
        } catch (AuditException e) {
            throw new RefusedException(ReleasesCode.AUDIT_UNAVAILABLE, String.valueOf(e.getMessage()));
        }
    }

    /** Records that something was refused or failed, as well as it goes. */
    void tell(String actor, String action, String subject, Verdict verdict, String code, String detail) {
        tell(actor, action, subject, verdict, code, Map.of("detail", detail));
    }

    /** The same with more facts. */
    void tell(String actor, String action, String subject, Verdict verdict, String code, Map<String, String> detail) {
        AuditLog now = audit.get();
        try {
            if (now != null) {
                now.append(entry(actor, action, subject, verdict, code, detail));
            }
        } catch (AuditException e) {
            log.warn("A refusal could not be recorded", e);
        }
    }

    private static AuditEntry entry(
            String actor, String action, String subject, Verdict verdict, String code, Map<String, String> detail) {
        Map<String, String> facts = new HashMap<>();
        detail.forEach((name, value) -> facts.put(name, RefusedException.bounded(value)));
        return new AuditEntry(actor, action, subject, verdict, code, facts);
    }
}
