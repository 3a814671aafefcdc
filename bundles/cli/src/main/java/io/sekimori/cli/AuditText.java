package io.sekimori.cli;

import io.sekimori.audit.AuditRecord;
import io.sekimori.audit.AuditVerification;
import java.util.Map;
import java.util.TreeMap;

/** How audit records, and the outcome of a check, are shown. Stateless. */
public final class AuditText {

    private AuditText() {}

    /** A record on one line. */
    public static String line(AuditRecord record) {
        return String.format(
                "%6d  %s  %-8s %-28s %s  %s%s",
                record.receipt().sequence(),
                record.receipt().at(),
                record.entry().verdict(),
                record.entry().action(),
                record.entry().subject(),
                record.entry().actor(),
                record.entry().reason().isEmpty() ? "" : "  " + record.entry().reason());
    }

    /** A record, as {@code --json} shows it. */
    public static Map<String, Object> document(AuditRecord record) {
        Map<String, Object> document = new TreeMap<>();
        document.put("sequence", record.receipt().sequence());
        document.put("at", record.receipt().at().toString());
        document.put("hash", record.receipt().hash());
        document.put("actor", record.entry().actor());
        document.put("action", record.entry().action());
        document.put("subject", record.entry().subject());
        document.put("verdict", record.entry().verdict().name());
        document.put("reason", record.entry().reason());
        document.put("detail", record.entry().detail());
        return document;
    }

    /** What a check found, as {@code --json} shows it. */
    public static Map<String, Object> document(AuditVerification found) {
        Map<String, Object> document = new TreeMap<>();
        if (found instanceof AuditVerification.Intact intact) {
            document.put("intact", true);
            document.put("records", intact.records());
            document.put("firstSequence", intact.firstSequence());
            document.put("lastSequence", intact.lastSequence());
            document.put("lastHash", intact.lastHash());
            document.put("unfinishedBytes", intact.unfinishedBytes());
        } else if (found instanceof AuditVerification.Broken broken) {
            document.put("intact", false);
            document.put("code", broken.code().name());
            document.put("file", broken.file());
            document.put("line", broken.line());
            document.put("lastGoodSequence", broken.lastGoodSequence());
            document.put("detail", broken.detail());
        }
        return document;
    }
}
