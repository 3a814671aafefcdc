package io.sekimori.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicRightsTest {

    private static final Client GATEWAY = new Client.Gateway("g-aaaaaaaaaaaa");
    private static final Client CONSOLE = new Client.Console("console-1");

    private final TopicRights rights = new TopicRights("sekimori");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$EDC/sekimori/g-aaaaaaaaaaaa/MQTT/BIRTH",
                "sekimori/g-aaaaaaaaaaaa/boiler/temperature",
                "$EDC/sekimori/console-1/SEKIMORI-V1/REPLY/17",
                "$EDC/sekimori/console-1/SEKIMORI-V1/REPLY/17/more",
                "$EDC/sekimori/console/SEKIMORI-V1/NOTIFY/g-aaaaaaaaaaaa",
                "$EDC/sekimori/console/SEKIMORI-V1/NOTIFY/g-aaaaaaaaaaaa/report"
            })
    void aGatewayPublishesItsOwnAndAnswers(String topic) {
        assertThat(rights.mayPublish(GATEWAY, topic)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "$EDC/sekimori",
                "$EDC/sekimori/g-aaaaaaaaaaaa",
                "$EDC/sekimori/g-aaaaaaaaaaaab/MQTT/BIRTH",
                "$EDC/other/g-aaaaaaaaaaaa/MQTT/BIRTH",
                "$EDC/sekimori/console-1/REPLY/17",
                "$EDC/sekimori/console-1/a/b/REPLY/17",
                "$EDC/sekimori/console-1/SEKIMORI-V1/NOTIFY/g-bbbbbbbbbbbb/report",
                "$EDC/sekimori/console-1/SEKIMORI-V1/PUT/assignment",
                "$EDC/sekimori/g-bbbbbbbbbbbb/SEKIMORI-V1/REPLY/17",
                "$EDC/sekimori/g-bbbbbbbbbbbb/SEKIMORI-V1/NOTIFY/g-aaaaaaaaaaaa/report",
                "$EDC/sekimori/g-aaaaaaaaaaaa/a::b",
                "$EDC/sekimori/g-aaaaaaaaaaaa/+",
                "$EDC/sekimori/g-aaaaaaaaaaaa/#",
                "activemq.management",
                "$sys.mqtt.sessions",
                "sekimori/g-aaaaaaaaaaaa",
                "xsekimori/g-aaaaaaaaaaaa/a"
            })
    void aGatewayPublishesNothingElse(String topic) {
        assertThat(rights.mayPublish(GATEWAY, topic)).isFalse();
    }

    @Test
    void aConsoleWritesControlAndReadsAll() {
        assertThat(rights.mayPublish(CONSOLE, "$EDC/sekimori/g-aaaaaaaaaaaa/X/PUT/a"))
                .isTrue();
        assertThat(rights.mayPublish(CONSOLE, "sekimori/g-aaaaaaaaaaaa/boiler")).isFalse();
        assertThat(List.of("$EDC/sekimori/#", "$EDC/sekimori/+/MQTT/#", "sekimori/#"))
                .allMatch(filter -> rights.mayRead(CONSOLE, filter));
        assertThat(List.of("#", "$EDC/#", "$EDC/other/#", "$SYS/#", "activemq.notifications", "+/#"))
                .noneMatch(filter -> rights.mayRead(CONSOLE, filter));
    }

    @FuzzTest(maxDuration = "10s")
    void noFilterOfAGatewayMatchesWhatIsForAnother(FuzzedDataProvider data) {
        String filter = data.consumeString(60);
        String topic = "$EDC/sekimori/g-bbbbbbbbbbbb/" + data.consumeRemainingAsString();
        if (rights.mayRead(GATEWAY, filter)) {
            assertThat(matches(filter, topic)).isFalse();
        }
    }

    /** MQTT 3.1.1 section 4.7.1. */
    private static boolean matches(String filter, String topic) {
        String[] wanted = filter.split("/", -1);
        String[] levels = topic.split("/", -1);
        for (int i = 0; i < wanted.length; i++) {
            if (wanted[i].equals("#")) {
                return true;
            }
            if (i >= levels.length || !wanted[i].equals("+") && !wanted[i].equals(levels[i])) {
                return false;
            }
        }
        return wanted.length == levels.length;
    }
}
