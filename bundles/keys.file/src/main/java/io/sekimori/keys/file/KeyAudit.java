package io.sekimori.keys.file;

import io.sekimori.audit.AuditCode;
import io.sekimori.audit.AuditEntry;
import io.sekimori.audit.AuditEntry.Verdict;
import io.sekimori.audit.AuditException;
import io.sekimori.audit.AuditLog;
import io.sekimori.keys.KeyCode;
import io.sekimori.keys.KeyException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.osgi.service.log.Logger;

/** Records an action on a key before it is done and again with its outcome; without an audit it is refused. Thread-safe. */
final class KeyAudit {

    private final Supplier<@Nullable AuditLog> audit;
    private final Logger log;

    KeyAudit(Supplier<@Nullable AuditLog> audit, Logger log) {
        this.audit = audit;
        this.log = log;
    }

    /** What one action leaves in the audit. */
    record Action(String actor, String action, String name, Map<String, String> detail) {

        private AuditEntry with(Verdict verdict, String code, Map<String, String> more) {
            Map<String, String> all = new HashMap<>(detail);
            all.putAll(more);
            return new AuditEntry(actor, action, name, verdict, code, all);
        }
    }

    /** What is done. */
    interface Work<T> {
        T run() throws KeyException;
    }

    /** What is done, without an answer. */
    interface Effect {
        void run() throws KeyException;
    }

    void audited(Action action, Effect effect) throws KeyException {
        audited(
                action,
                () -> {
                    effect.run();
                    return action;
                },
                same -> Map.of());
    }

    <T> T audited(Action action, Work<T> work, Function<T, Map<String, String>> facts) throws KeyException {
        allow(action);
        try {
            T made = work.run();
            tell(action.with(Verdict.DONE, "", facts.apply(made)));
            return made;
        } catch (KeyException e) {
            tell(action.with(Verdict.FAILED, e.code().name(), Map.of()));
            throw e;
        }
    }

    private void allow(Action action) throws KeyException {
        AuditEntry entry;
        try {
            entry = action.with(Verdict.ALLOWED, "", Map.of());
        } catch (IllegalArgumentException e) {
            throw new KeyException(KeyCode.KEY_AUDIT_REFUSED, String.valueOf(e.getMessage()), e);
        }
        try {
            current().append(entry);
        } catch (AuditException e) {
            throw new KeyException(KeyCode.KEY_AUDIT_REFUSED, String.valueOf(e.getMessage()), e);
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
