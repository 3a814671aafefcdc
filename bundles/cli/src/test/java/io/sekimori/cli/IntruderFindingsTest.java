package io.sekimori.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.audit.AuditEntry;
import io.sekimori.audit.AuditReceipt;
import io.sekimori.audit.AuditRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which records of the audit are intruders of the last start. */
class IntruderFindingsTest {

    private static final Instant START = Instant.parse("2026-11-22T00:00:00Z");

    @Test
    void intrudersSinceTheStartAreNamed() {
        List<Finding> findings = IntruderFindings.among(
                List.of(
                        record(1, START.minusSeconds(1), "before/1.0.0", "UNADMITTED_BUNDLE"),
                        record(2, START.plusSeconds(1), "after/1.0.0", "UNADMITTED_BUNDLE"),
                        record(3, START.plusSeconds(2), "other/1.0.0", "PACK_MALFORMED")),
                START);

        assertThat(findings).hasSize(1);
        assertThat(findings.get(0).code()).isEqualTo("UNADMITTED_BUNDLE");
        assertThat(findings.get(0).detail()).startsWith("after/1.0.0 at ");
    }

    @Test
    void manyAreCounted() {
        List<AuditRecord> many = IntStream.range(1, 10)
                .mapToObj(i -> record(i, START, "intruder/" + i, "UNADMITTED_BUNDLE"))
                .toList();

        assertThat(IntruderFindings.among(many, START))
                .hasSize(6)
                .last()
                .satisfies(last -> assertThat(last.detail()).startsWith("4 more"));
    }

    private static AuditRecord record(long sequence, Instant at, String subject, String reason) {
        return new AuditRecord(
                new AuditReceipt(sequence, at, "0".repeat(64)),
                new AuditEntry(
                        "io.sekimori.update.engine",
                        "bundle.install",
                        subject,
                        AuditEntry.Verdict.REFUSED,
                        reason,
                        Map.of()));
    }
}
