package io.sekimori.settings;

import io.sekimori.audit.AuditCode;
import io.sekimori.audit.AuditEntry;
import io.sekimori.audit.AuditEntry.Verdict;
import io.sekimori.audit.AuditException;
import io.sekimori.audit.AuditLog;
import java.util.Map;
import org.osgi.service.log.Logger;

/**
 * What one change leaves in the audit: the person, the reason and the names of what is changed, never a value.
 *
 * @param person who asked, by the mandate
 */
record Trace(Around around, String person, String id, String reason, Logger log) {

    private static final String ACTION = "settings.change";

    /** No record, no action. */
    void allow(String pids) throws Stopped {
        try {
            append(Verdict.ALLOWED, "", Map.of("reason", reason, "settings", pids));
        } catch (AuditException e) {
            throw new Stopped(503, SettingsCode.SETTINGS_AUDIT_REFUSED.name(), String.valueOf(e.getMessage()), e);
        }
    }

    /** An outcome is a fact, recorded or not. */
    void tell(Verdict verdict, String code) {
        try {
            append(verdict, code, Map.of("reason", reason));
        } catch (AuditException e) {
            log.error("The outcome {} {} of change {} is not in the audit", verdict, code, id, e);
        }
    }

    private void append(Verdict verdict, String code, Map<String, String> detail) throws AuditException {
        AuditLog audit = around.audit()
                .orElseThrow(() -> new AuditException(AuditCode.AUDIT_ABSENT, "no audit is installed", null));
        audit.append(new AuditEntry(person, ACTION, "change " + id, verdict, code, detail));
    }
}
