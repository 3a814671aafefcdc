package io.sekimori.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.audit.AuditEntry;
import io.sekimori.audit.AuditReceipt;
import io.sekimori.audit.AuditRecord;
import io.sekimori.audit.AuditTrail;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class AuditResourceTest {

    private static final long RECORDS = 2_500;

    private final AuditResource audit = new AuditResource();

    AuditResourceTest() {
        audit.trail =
                Faked.service(AuditTrail.class, (name, arguments) -> read((long) arguments[0], (int) arguments[1]));
    }

    private static List<AuditRecord> read(long from, int limit) {
        return LongStream.range(from, Math.min(from + limit, RECORDS + 1))
                .mapToObj(AuditResourceTest::record)
                .toList();
    }

    private static AuditRecord record(long sequence) {
        return new AuditRecord(
                new AuditReceipt(sequence, Instant.EPOCH, "ab".repeat(32)),
                new AuditEntry(
                        sequence % 1_000 == 0 ? "alice" : "bob", "try", "it", AuditEntry.Verdict.DONE, "", Map.of()));
    }

    private List<?> sequences(String before, String limit, String actor) throws Exception {
        var request = Asking.request(audit, "listAudit").where("before", before).where("limit", limit);
        Map<String, ?> page = Asking.json(audit.handle(actor.isEmpty() ? request : request.where("actor", actor)));
        assertThat(page.get("next")).as("where to go on").isIn(null, "1000", "2498");
        return ((List<?>) page.get("items"))
                .stream().map(item -> ((Map<?, ?>) item).get("sequence")).toList();
    }

    @Test
    void theNewestComeFirstFromWhereOneBegins() throws Exception {
        assertThat(sequences("2501", "3", "")).isEqualTo(List.of(2_500L, 2_499L, 2_498L));
        assertThat(sequences("3", "10", "")).isEqualTo(List.of(2L, 1L));
    }

    @Test
    void aSearchGoesBackwardsThroughAllOfIt() throws Exception {
        assertThat(sequences("2501", "2", "alice")).isEqualTo(List.of(2_000L, 1_000L));
    }
}
