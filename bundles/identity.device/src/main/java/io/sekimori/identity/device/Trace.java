package io.sekimori.identity.device;

import io.sekimori.audit.AuditCode;
import io.sekimori.audit.AuditEntry;
import io.sekimori.audit.AuditEntry.Verdict;
import io.sekimori.audit.AuditException;
import io.sekimori.audit.AuditLog;
import io.sekimori.identity.IdentityCode;
import java.util.Map;
import org.osgi.service.log.Logger;

/**
 * What an enrolment or a renewal leaves in the audit: that it is allowed, before anything is asked for, and its outcome.
 *
 * @param action as in the audit
 * @param subject the gateway id
 */
record Trace(Tools tools, String action, String subject, String actor, Logger log) {

    /** No record, no action. */
    void allow() throws NotEnrolled {
        try {
            append(Verdict.ALLOWED, "");
        } catch (AuditException e) {
            throw new NotEnrolled(IdentityCode.IDENTITY_AUDIT_REFUSED, String.valueOf(e.getMessage()), e);
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
        audit.append(new AuditEntry(actor, action, subject, verdict, reason, Map.of()));
    }
}
