package io.sekimori.cli;

import io.sekimori.audit.AuditEntry;
import io.sekimori.audit.AuditException;
import io.sekimori.audit.AuditRecord;
import io.sekimori.audit.AuditVerification;
import io.sekimori.audit.chain.ChainFiles;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** A unit's audit on the disk, beside a running gateway or without one. */
public final class UnitAudit implements AuditSource {

    static final String WRITER = "io.sekimori.audit.chain";

    private static final int AT_ONCE = 10_000;

    private final ChainFiles chain;

    /** That of the unit that was named. */
    public UnitAudit(UnitOption place, Shell shell) throws Failure {
        chain = new ChainFiles(place.of(shell).data(WRITER));
    }

    @Override
    public Part read(long from, int limit, Map<String, String> wanted) throws Failure {
        int asked = wanted.isEmpty() ? Math.min(limit, AT_ONCE) : AT_ONCE;
        List<AuditRecord> read;
        try {
            read = chain.read(from, asked);
        } catch (AuditException e) {
            throw new Failure(ExitCode.REFUSED, "AUDIT_UNREADABLE", e.getMessage()).because(e);
        }
        List<AuditRecord> found = read.stream()
                .filter(record -> matches(record.entry(), wanted))
                .limit(limit)
                .toList();
        if (found.size() == limit) {
            return new Part(found, after(found));
        }
        return new Part(found, read.size() < asked ? OptionalLong.empty() : after(read));
    }

    @Override
    public AuditVerification verify() {
        return chain.verify();
    }

    private static OptionalLong after(List<AuditRecord> records) {
        return OptionalLong.of(records.get(records.size() - 1).receipt().sequence() + 1);
    }

    private static boolean matches(AuditEntry entry, Map<String, String> wanted) {
        return wanted.entrySet().stream()
                .allMatch(word -> value(entry, word.getKey()).contains(word.getValue()));
    }

    private static String value(AuditEntry entry, String word) {
        return switch (word) {
            case "actor" -> entry.actor();
            case "action" -> entry.action();
            case "subject" -> entry.subject();
            case "reason" -> entry.reason();
            case "verdict" -> entry.verdict().name();
            default -> throw new IllegalArgumentException("no part of a record: " + word);
        };
    }
}
