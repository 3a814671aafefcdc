package io.sekimori.vault.sealed;

import io.sekimori.audit.AuditCode;
import io.sekimori.audit.AuditEntry;
import io.sekimori.audit.AuditEntry.Verdict;
import io.sekimori.audit.AuditException;
import io.sekimori.audit.AuditLog;
import io.sekimori.vault.VaultCode;
import io.sekimori.vault.VaultException;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.service.log.Logger;

/** Records what is done to keys before it is done and again with its outcome; without an audit it is refused. Thread-safe. */
final class VaultAudit {

    private final Supplier<@Nullable AuditLog> audit;
    private final Logger log;

    VaultAudit(Supplier<@Nullable AuditLog> audit, Logger log) {
        this.audit = audit;
        this.log = log;
    }

    /** What is done. */
    interface Work<T> {
        T run() throws VaultException;
    }

    <T> T audited(String actor, String action, String subject, String reason, Work<T> work) throws VaultException {
        try {
            current().append(new AuditEntry(actor, action, subject, Verdict.ALLOWED, "", Map.of("reason", reason)));
        } catch (AuditException | IllegalArgumentException e) {
            throw new VaultException(VaultCode.VAULT_AUDIT_REFUSED, String.valueOf(e.getMessage()), e);
        }
        try {
            T made = work.run();
            tell(new AuditEntry(actor, action, subject, Verdict.DONE, "", Map.of("reason", reason)));
            return made;
        } catch (VaultException e) {
            tell(new AuditEntry(actor, action, subject, Verdict.FAILED, e.code().name(), Map.of("reason", reason)));
            throw e;
        }
    }

    private void tell(AuditEntry outcome) {
        try {
            current().append(outcome);
        } catch (AuditException e) {
            log.error(
                    "The outcome {} of {} on {} is not in the audit",
                    outcome.verdict(),
                    outcome.action(),
                    outcome.subject(),
                    e);
        }
    }

    private AuditLog current() throws AuditException {
        AuditLog current = audit.get();
        if (current == null) {
            throw new AuditException(AuditCode.AUDIT_ABSENT, "no audit is installed", null);
        }
        return current;
    }
}
