package io.sekimori.control.socket;

import io.sekimori.audit.AuditEntry;
import io.sekimori.audit.AuditException;
import io.sekimori.audit.AuditRecord;
import io.sekimori.audit.AuditTrail;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Answers {@code audit-tail}: the newest records. Thread-safe. */
final class AuditTail {

    private static final int MOST_RECORDS = 1000;
    private static final int AT_ONCE = 1000;

    private final Services services;

    AuditTail(Services services) {
        this.services = services;
    }

    void answer(JsonObject request, Connection.Output out) throws IOException, MalformedJson {
        long wanted = Math.max(
                1, Math.min(MOST_RECORDS, request.optionalNumber("count").orElse(20L)));
        Optional<AuditTrail> audit = services.audit();
        if (audit.isEmpty()) {
            out.send(Message.refused(ControlCode.AUDIT_UNREADABLE, "no service that reads the audit is there"));
            return;
        }
        try {
            Deque<Map<String, Object>> tail = new ArrayDeque<>();
            long next = 1;
            List<AuditRecord> records = audit.get().read(next, AT_ONCE);
            while (!records.isEmpty()) {
                for (AuditRecord record : records) {
                    tail.add(of(record));
                    if (tail.size() > wanted) {
                        tail.remove();
                    }
                }
                next = records.get(records.size() - 1).receipt().sequence() + 1;
                records = audit.get().read(next, AT_ONCE);
            }
            out.send(Message.answer(Map.of("records", List.copyOf(tail))));
        } catch (AuditException e) {
            out.send(Message.refused(ControlCode.AUDIT_UNREADABLE, String.valueOf(e.getMessage())));
        }
    }

    private static Map<String, Object> of(AuditRecord record) {
        AuditEntry entry = record.entry();
        Map<String, Object> json = new TreeMap<>();
        json.put("sequence", record.receipt().sequence());
        json.put("at", record.receipt().at().toString());
        json.put("hash", record.receipt().hash());
        json.put("actor", entry.actor());
        json.put("action", entry.action());
        json.put("subject", entry.subject());
        json.put("verdict", entry.verdict().name());
        json.put("reason", entry.reason());
        json.put("details", entry.detail());
        return json;
    }
}
