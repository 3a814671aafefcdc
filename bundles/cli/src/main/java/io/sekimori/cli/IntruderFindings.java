package io.sekimori.cli;

import io.sekimori.audit.AuditException;
import io.sekimori.audit.AuditRecord;
import io.sekimori.audit.AuditVerification;
import io.sekimori.audit.chain.ChainFiles;
import io.sekimori.generation.StartReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Bundles that somebody installed around {@code update} since the last start, as the audit on the disk has them. */
final class IntruderFindings {

    private static final String CODE = "UNADMITTED_BUNDLE";
    private static final int NEWEST = 1_000;
    private static final int MOST = 5;

    private IntruderFindings() {}

    static List<Finding> of(ChainFiles chain, AuditVerification verified, Optional<StartReport> start) {
        if (start.isEmpty() || !(verified instanceof AuditVerification.Intact intact)) {
            return List.of();
        }
        try {
            return among(
                    chain.read(Math.max(1, intact.lastSequence() - NEWEST + 1), NEWEST),
                    start.get().at());
        } catch (AuditException e) {
            return List.of(Finding.red("AUDIT_UNREADABLE", String.valueOf(e.getMessage())));
        }
    }

    static List<Finding> among(List<AuditRecord> records, Instant since) {
        List<Finding> findings = new ArrayList<>();
        for (AuditRecord record : records) {
            if (record.entry().reason().equals(CODE) && !record.receipt().at().isBefore(since)) {
                findings.add(Finding.note(
                        CODE,
                        record.entry().subject() + " at " + record.receipt().at()));
            }
        }
        int seen = findings.size();
        if (seen > MOST) {
            findings.subList(MOST, seen).clear();
            findings.add(Finding.note(CODE, seen - MOST + " more, see the audit"));
        }
        return findings;
    }
}
