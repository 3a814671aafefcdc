package io.sekimori.connection.mqtt;

import io.sekimori.audit.AuditCode;
import io.sekimori.audit.AuditEntry;
import io.sekimori.audit.AuditEntry.Verdict;
import io.sekimori.audit.AuditException;
import io.sekimori.audit.AuditLog;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.osgi.service.log.Logger;

/** What the connection leaves in the audit. Thread-safe. */
final class AuditDesk {

    static final String SELF = "io.sekimori.connection.mqtt";

    private final Supplier<Optional<AuditLog>> audit;
    private final Logger log;

    AuditDesk(Supplier<Optional<AuditLog>> audit, Logger log) {
        this.audit = audit;
        this.log = log;
    }

    /** Records durably. Texts may come from outside: they are cut and cleaned. */
    void record(String actor, String action, String subject, Verdict verdict, String reason, Map<String, String> detail)
            throws AuditException {
        Map<String, String> shown = new TreeMap<>();
        detail.forEach((name, value) -> shown.put(name, OutsideText.shown(value, 500)));
        AuditLog current = audit.get()
                .orElseThrow(() -> new AuditException(AuditCode.AUDIT_ABSENT, "no audit is installed", null));
        current.append(new AuditEntry(
                OutsideText.shown(actor, 200), action, OutsideText.shown(subject, 500), verdict, reason, shown));
    }

    /** Records as well as it goes, for what has happened already. */
    void tell(String actor, String action, String subject, Verdict verdict, String reason, Map<String, String> detail) {
        try {
            record(actor, action, subject, verdict, reason, detail);
        } catch (AuditException e) {
            log.error("{} of {} is not in the audit", action, OutsideText.shown(subject, 200), e);
        }
    }
}
