package io.sekimori.update.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.sekimori.trust.MalformedJson;
import io.sekimori.update.Origin;
import io.sekimori.update.Phase;
import io.sekimori.update.PlannedBundle.Action;
import io.sekimori.update.Reason;
import io.sekimori.update.TransitionReport.Swapped;
import io.sekimori.update.UpdateCode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class JournalTest {

    private static final Journal FULL = Journal.begin(
                    "20261121-210000-1abc",
                    4,
                    5,
                    new Origin("alice", "local"),
                    Instant.parse("2026-11-21T21:00:00Z"),
                    "p-1")
            .trying(29_000_001)
            .in(Phase.SWAP)
            .stale(Instant.parse("2026-11-20T21:00:00Z"))
            .keeping(new Journal.Kept("s-1", Map.of("a.pid", 3L)))
            .rewiring(Map.of("user", "uses classes of a bundle that goes away"))
            .wellBefore(Set.of("app: greeting"))
            .swapped(new Swapped("app", Action.REPLACE, Duration.ofNanos(1_234_000), Duration.ofMillis(17)))
            .because(Reason.of(UpdateCode.UNHEALTHY, "app is CRITICAL"));

    @Test
    void whatIsWrittenIsReadBack() throws Exception {
        assertThat(JournalJson.parse(JournalJson.bytes(FULL))).isEqualTo(FULL);
    }

    @Test
    void aJournalCutOffAnywhereIsMalformed() {
        byte[] whole = JournalJson.bytes(FULL);
        for (int length = 0; length < whole.length - 2; length++) {
            byte[] cut = Arrays.copyOf(whole, length);

            assertThatExceptionOfType(MalformedJson.class).isThrownBy(() -> JournalJson.parse(cut));
        }
    }

    @Test
    void whatAVersionWroteThatKnewNoAssignmentIsRead() throws Exception {
        String text = new String(JournalJson.bytes(FULL), StandardCharsets.UTF_8);
        byte[] before = text.replace("\"assignment\" : 29000001,", "").getBytes(StandardCharsets.UTF_8);

        assertThat(text.length()).isGreaterThan(before.length);
        assertThat(JournalJson.parse(before)).isEqualTo(FULL.trying(0));
    }

    @Test
    void anotherFormatIsMalformed() {
        String text = new String(JournalJson.bytes(FULL), StandardCharsets.UTF_8);
        byte[] other = text.replace("\"format\" : 1", "\"format\" : 2").getBytes(StandardCharsets.UTF_8);

        assertThatExceptionOfType(MalformedJson.class).isThrownBy(() -> JournalJson.parse(other));
    }

    @FuzzTest(maxDuration = "10s")
    void anyBytesAreReadOrMalformed(byte[] bytes) {
        try {
            Journal journal = JournalJson.parse(bytes);
            assertThat(JournalJson.parse(JournalJson.bytes(journal))).isEqualTo(journal);
        } catch (MalformedJson e) {
            assertThat(e).isNotNull();
        }
    }
}
