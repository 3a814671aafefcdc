package io.sekimori.notices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where notices may be published. */
class TopicsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "site/+/updates",
                "site/#",
                "#",
                "$SYS/updates",
                "$EDC/sekimori/g-aaaaaaaaaaaa/x",
                "sekimori/g-aaaaaaaaaaaa/x",
                "g-aaaaaaaaaaaa",
                "sekimori/console-1/x",
                "a/console",
                "line\nbreak",
                "nul\0",
                "turned\u202e",
            })
    void whatIsNoTopicForNoticesIsRefused(String topic) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Topics(
                        Optional.of(URI.create("ssl://broker.example:8883")), "", Optional.empty(), List.of(topic)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tcp://broker.example:1883",
                "ssl:///x",
                "ssl://broker.example/x",
                "ssl://console:secret@broker.example",
                "ws://broker.example"
            })
    void aBrokerWithoutTlsIsRefused(String address) {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new Topics(Optional.of(URI.create(address)), "", Optional.empty(), List.of("site/updates")));
    }

    @Test
    void aLongTopicATopicWithoutABrokerAndAUserWithoutAPasswordAreRefused() {
        URI address = URI.create("ssl://broker.example:8883");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Topics(Optional.of(address), "", Optional.empty(), List.of("関".repeat(84))));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Topics(Optional.empty(), "", Optional.empty(), List.of("site/updates")));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new Topics(Optional.of(address), "console", Optional.empty(), List.of("site/updates")));
        assertThat(new Topics(Optional.of(address), "", Optional.empty(), List.of("関".repeat(83), "a/b c/consoles"))
                        .names())
                .hasSize(2);
    }
}
