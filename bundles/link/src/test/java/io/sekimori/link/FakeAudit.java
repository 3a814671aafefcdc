package io.sekimori.link;

import io.sekimori.audit.AuditCode;
import io.sekimori.audit.AuditEntry;
import io.sekimori.audit.AuditException;
import io.sekimori.audit.AuditLog;
import io.sekimori.audit.AuditReceipt;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Keeps entries in memory; refuses them when told to. */
final class FakeAudit implements AuditLog {

    final List<AuditEntry> entries = new ArrayList<>();
    boolean full;

    @Override
    public synchronized AuditReceipt append(AuditEntry entry) throws AuditException {
        if (full) {
            throw new AuditException(AuditCode.AUDIT_UNWRITABLE, "no room", null);
        }
        entries.add(entry);
        return new AuditReceipt(entries.size(), Instant.EPOCH, "0".repeat(64));
    }

    synchronized List<String> said() {
        return entries.stream()
                .map(entry ->
                        entry.action() + " " + entry.verdict() + (entry.reason().isEmpty() ? "" : " " + entry.reason()))
                .toList();
    }
}
