package io.sekimori.audit.chain;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.audit.AuditCode;
import io.sekimori.audit.AuditEntry;
import io.sekimori.audit.AuditEntry.Verdict;
import io.sekimori.audit.chain.LineParser.Parsed;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChainLineTest {

    private static final Instant AT = Instant.parse("2026-11-21T09:30:00.120Z");

    @Test
    void readsBackWhatItWrote() {
        Random random = new Random(1);
        for (int i = 0; i < 2_000; i++) {
            AuditEntry entry = Entries.random(random);

            ChainLine line = good(written(entry));

            assertThat(line.entry()).isEqualTo(entry);
            assertThat(line.at()).isEqualTo(AT);
        }
    }

    @Test
    void aLineIsOneLineAndJsonWithoutControlCharacters() {
        AuditEntry entry = Entries.entry("a\nb\u0000c\u2028d");

        assertThat(new String(written(entry), StandardCharsets.UTF_8)).contains("a\\u000ab\\u0000c\\u2028d");
    }

    @Test
    void theLargestEntryFitsIntoALine() {
        Map<String, String> detail = new HashMap<>();
        for (int i = 0; i < AuditEntry.MAX_DETAILS; i++) {
            detail.put("\u0001".repeat(98) + (char) ('A' + i), "\u0001".repeat(2_000));
        }
        AuditEntry entry = new AuditEntry("\u0001".repeat(200), "a", "\u0001".repeat(500), Verdict.FAILED, "", detail);

        assertThat(written(entry).length).isLessThan(ChainLine.MAX_BYTES);
    }

    @Test
    void noChangedByteIsAccepted() {
        byte[] line = written(Entries.random(new Random(2)));
        for (int i = 0; i < line.length; i++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] changed = line.clone();
                changed[i] ^= (byte) (1 << bit);
                assertThat(LineParser.parse(changed)).isInstanceOf(Parsed.Bad.class);
            }
        }
    }

    @Test
    void noBeginningOfALineIsALine() {
        byte[] line = written(Entries.random(new Random(3)));
        for (int length = 0; length < line.length; length++) {
            assertThat(LineParser.parse(Arrays.copyOf(line, length))).isInstanceOf(Parsed.Bad.class);
        }
    }

    @Test
    void aSecondFormOfTheSameEntryIsRefused() {
        String line = new String(written(Entries.entry("subject")), StandardCharsets.UTF_8);

        assertThat(codeOf(line.replace(":\"subject\"", ":\"\\u0073ubject\"")))
                .isEqualTo(AuditCode.AUDIT_LINE_MALFORMED);
        assertThat(codeOf(line.replace("{}", "{ }"))).isEqualTo(AuditCode.AUDIT_LINE_MALFORMED);
        assertThat(codeOf(line + " ")).isEqualTo(AuditCode.AUDIT_LINE_MALFORMED);
    }

    @Test
    void aChangedEntryIsToldFromABrokenForm() {
        String line = new String(written(Entries.entry("subject")), StandardCharsets.UTF_8);

        assertThat(codeOf(line.replace(":\"subject\"", ":\"another\""))).isEqualTo(AuditCode.AUDIT_HASH_WRONG);
    }

    private static AuditCode codeOf(String line) {
        return ((Parsed.Bad) LineParser.parse(line.getBytes(StandardCharsets.UTF_8))).code();
    }

    private static ChainLine good(byte[] line) {
        return ((Parsed.Good) LineParser.parse(line)).line();
    }

    private static byte[] written(AuditEntry entry) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ChainLine.write(out, new Tail(41, "ab".repeat(32), AT), 40, AT, ChainLine.body(entry));
        return Arrays.copyOf(out.toByteArray(), out.size() - 1);
    }
}
