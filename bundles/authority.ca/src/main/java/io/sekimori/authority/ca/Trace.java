package io.sekimori.authority.ca;

import io.sekimori.audit.AuditCode;
import io.sekimori.audit.AuditEntry;
import io.sekimori.audit.AuditEntry.Verdict;
import io.sekimori.audit.AuditException;
import io.sekimori.audit.AuditLog;
import io.sekimori.authority.AuthorityCode;
import io.sekimori.authority.AuthorityException;
import java.util.HashMap;
import java.util.Map;
import org.osgi.service.log.Logger;

/**
 * What one action leaves in the audit.
 *
 * @param subject the gateway id
 * @param detail further facts, without secrets
 */
record Trace(Tools tools, Logger log, String actor, String action, String subject, Map<String, String> detail) {

    /** The same with one more fact. */
    Trace with(String name, String value) {
        Map<String, String> more = new HashMap<>(detail);
        more.put(name, value);
        return new Trace(tools, log, actor, action, subject, more);
    }

    /** The same, now that it is known who asks and about whom. */
    Trace by(String known, String gatewayId) {
        return new Trace(tools, log, known, action, gatewayId, detail);
    }

    /** No record, no action. */
    void allow() throws AuthorityException {
        try {
            append(Verdict.ALLOWED, "");
        } catch (AuditException e) {
            throw new AuthorityException(AuthorityCode.AUTHORITY_AUDIT_REFUSED, String.valueOf(e.getMessage()), e);
        }
    }

    /** An outcome is a fact, recorded or not. */
    void tell(Verdict verdict, String reason) {
        try {
            append(verdict, reason);
        } catch (AuditException e) {
            log.error("The outcome {} {} of {} on {} is not in the audit", verdict, reason, action, subject, e);
        }
    }

    private void append(Verdict verdict, String reason) throws AuditException {
        AuditLog audit = tools.audit()
                .orElseThrow(() -> new AuditException(AuditCode.AUDIT_ABSENT, "no audit is installed", null));
        audit.append(new AuditEntry(actor, action, subject, verdict, reason, detail));
    }
}
