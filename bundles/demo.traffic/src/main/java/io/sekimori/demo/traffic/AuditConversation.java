package io.sekimori.demo.traffic;

import io.sekimori.audit.AuditEntry;
import io.sekimori.audit.AuditEntry.Verdict;
import io.sekimori.audit.AuditException;
import io.sekimori.audit.AuditLog;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Records two entries with the same {@code AuditLog} object; the second must stand behind the first. */
record AuditConversation(Supplier<@Nullable AuditLog> log) implements Conversation {

    @Override
    public String name() {
        return "audit";
    }

    @Override
    public boolean expected() {
        return true;
    }

    @Override
    public void talk(Hold hold, Duration length) throws LostCall, InterruptedException {
        AuditLog audit = log.get();
        if (audit == null) {
            throw new LostCall("no AuditLog", null);
        }
        try {
            long first = audit.append(entry("begin")).sequence();
            hold.on(length);
            long second = audit.append(entry("end")).sequence();
            if (second <= first) {
                throw new LostCall("record " + second + " after record " + first, null);
            }
        } catch (AuditException | RuntimeException e) {
            throw new LostCall("AuditLog", e);
        }
    }

    private static AuditEntry entry(String what) {
        return AuditEntry.of("io.sekimori.demo.traffic", "demo.call." + what, "traffic", Verdict.DONE);
    }
}
