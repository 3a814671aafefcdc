package io.sekimori.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TrafficTest {

    private static final String REPORT = "{\"round\": \"r\", \"reconfigured\": 3, \"calls\": {"
            + "\"audit\": {\"made\": 10, \"lost\": 0, \"longestMillis\": 500, \"longestBeyondAskedMillis\": 20},"
            + "\"keys\": {\"made\": 5, \"lost\": 1, \"longestMillis\": 400, \"longestBeyondAskedMillis\": 30,"
            + " \"firstLoss\": \"no Keys\"},"
            + "\"events\": {\"made\": 7, \"lost\": 7, \"longestMillis\": 0, \"longestBeyondAskedMillis\": 0}}}";

    @Test
    void theCallsOfAllWantedConversationsAreAddedUp() throws MalformedJson {
        Traffic.Count count = Traffic.count(report(), name -> !name.equals("events"));

        assertThat(count.made()).isEqualTo(15);
        assertThat(count.lost()).isEqualTo(1);
        assertThat(count.longestMillis()).isEqualTo(500);
        assertThat(count.beyondMillis()).isEqualTo(30);
        assertThat(count.firstLoss()).isEqualTo("no Keys");
    }

    @Test
    void aLossBreaksTheLineAndSoDoesSilence() throws MalformedJson {
        Traffic.Count lost = Traffic.count(report(), "keys"::equals);
        Traffic.Count silent = Traffic.count(report(), "nobody"::equals);

        assertThatExceptionOfType(Broken.class).isThrownBy(lost::withoutLoss).withMessageContaining("no Keys");
        assertThatExceptionOfType(Broken.class).isThrownBy(silent::withoutLoss);
    }

    private static JsonObject report() throws MalformedJson {
        return JsonObject.parse(REPORT.getBytes(StandardCharsets.UTF_8));
    }
}
