package io.sekimori.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sekimori.payload.Topic.Lifecycle;
import io.sekimori.payload.Topic.Lifecycle.Stage;
import io.sekimori.payload.Topic.Notification;
import io.sekimori.payload.Topic.Reply;
import io.sekimori.payload.Topic.Request;
import io.sekimori.payload.Topic.Telemetry;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopicTest {

    @Test
    void everyKindIsReadAsItIsWritten() throws MalformedMessage {
        both("$EDC/acc/g-1/DEPLOY-V2/GET/bundles", new Request("acc", "g-1", "DEPLOY-V2", "GET", List.of("bundles")));
        both("$EDC/acc/g-1/A-1/EXEC/start/7", new Request("acc", "g-1", "A-1", "EXEC", List.of("start", "7")));
        both("$EDC/acc/g-1/A-1/GET", new Request("acc", "g-1", "A-1", "GET", List.of()));
        both("$EDC/acc/g-1/A-1/DELETE/x", new Request("acc", "g-1", "A-1", "DELETE", List.of("x")));
        both("$EDC/acc/console-1/A-1/REPLY/17-a", new Reply("acc", "console-1", "A-1", "17-a"));
        both("$EDC/acc/console/A-1/NOTIFY/g-1/progress", new Notification("acc", "console", "A-1", "g-1", "progress"));
        both("$EDC/acc/g-1/MQTT/BIRTH", new Lifecycle("acc", "g-1", Stage.BIRTH));
        both("$EDC/acc/g-1/MQTT/APPS", new Lifecycle("acc", "g-1", Stage.APPS));
        both("$EDC/acc/g-1/MQTT/DC", new Lifecycle("acc", "g-1", Stage.DC));
        both("$EDC/acc/g-1/MQTT/LWT", new Lifecycle("acc", "g-1", Stage.LWT));
        both("acc/g-1/heater/temp/1", new Telemetry("acc", "g-1", "heater", List.of("temp", "1")));
        both("acc/g-1/heater", new Telemetry("acc", "g-1", "heater", List.of()));
    }

    @Test
    void everythingForOneClientIsOneFilter() {
        assertThat(Topic.everythingFor("acc", "g-1")).isEqualTo("$EDC/acc/g-1/#");
    }

    @Test
    void whatIsNoTopicIsRefused() {
        for (String text : List.of(
                "",
                "/",
                "$EDC",
                "$EDC/acc/g-1/A-1",
                "$EDC/acc//A-1/GET/x",
                "$EDC/acc/g-1/MQTT/PARTY",
                "$EDC/acc/g-1/MQTT/DC/x",
                "$EDC/acc/g-1/A-1/GET/#",
                "$EDC/acc/+/A-1/GET/x",
                "$EDC/acc/g-1/A-1/GET/a\u0000b",
                "acc/g-1",
                "a/b/c/" + "d/".repeat(40) + "e",
                "a/b/" + "c".repeat(256))) {
            assertThatExceptionOfType(MalformedMessage.class).as(text).isThrownBy(() -> Topic.parse(text));
        }
    }

    @Test
    void aTopicIsNeverWidenedByWhatIsPutIntoIt() {
        for (String level : List.of("", "a/b", "#", "+", "a\nb", "x".repeat(256))) {
            assertThatIllegalArgumentException().as(level).isThrownBy(() -> new Reply("acc", "console", "A-1", level));
            assertThatIllegalArgumentException().isThrownBy(() -> Topic.everythingFor("acc", level));
        }
    }

    private static void both(String text, Topic topic) throws MalformedMessage {
        assertThat(Topic.parse(text)).isEqualTo(topic);
        assertThat(topic.text()).isEqualTo(text);
    }
}
