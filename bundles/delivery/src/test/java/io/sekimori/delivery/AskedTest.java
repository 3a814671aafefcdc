package io.sekimori.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class AskedTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    @Test
    void itSaysWhatTheConsoleNames() {
        Asked asked = asked("{\"signed\":{\"version\":7,\"targets\":{"
                + "\"org.example.meter/1.1.0/org.example.meter-1.1.0.jar\":{},"
                + "\"slot/org.example.launcher/9.0.0/x.jar\":{},\"<script>/1/x\":{},\"a\":{}}}}");

        assertThat(asked).extracting(Asked::when, Asked::assignment).containsExactly(NOON, 7L);
        assertThat(asked.releases()).containsExactlyInAnyOrder("org.example.meter/1.1.0", "org.example.launcher/9.0.0");
    }

    @Test
    void whatIsNoAssignmentIsNone() {
        for (String text : new String[] {"", "[]", "{}", "{\"signed\":{}}", "{\"signed\":{\"targets\":{}}}"}) {
            assertThat(asked(text)).isEqualTo(new Asked(NOON, 0, java.util.List.of()));
        }
    }

    private static Asked asked(String text) {
        return Asked.of(NOON, text.getBytes(StandardCharsets.UTF_8));
    }
}
