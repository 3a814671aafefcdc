package io.sekimori.connection.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.reflect.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import org.junit.jupiter.api.Test;

class SettingsTest {

    @Test
    void theDefaultsAreGood() {
        Settings settings = Settings.of(config(Map.of()));

        assertThat(settings.broker()).isEmpty();
        assertThat(settings.keepAlive()).isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.longestPause()).isEqualTo(Duration.ofMinutes(2));
        assertThat(settings.outboxBytes()).isEqualTo(8 << 20);
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        refused(Map.of("broker", "tcp://host:1883"));
        refused(Map.of("broker", "ssl://host"));
        refused(Map.of("broker", "not an address"));
        refused(Map.of("keep_alive_seconds", 0));
        refused(Map.of("timeout_seconds", 301));
        refused(Map.of("pause_least_millis", 0));
        refused(Map.of("pause_least_millis", 2_000, "pause_longest_millis", 1_999));
        refused(Map.of("apps_delay_millis", -1));
        refused(Map.of("request_threads", 0));
        refused(Map.of("request_queue", 1_001));
        refused(Map.of("request_limit_millis", 0));
        refused(Map.of("outbox_mebibytes", 0));
    }

    @Test
    void onlyWhatAConnectionIsMadeWithMakesANewOneNecessary() {
        Settings settings = Settings.of(config(Map.of()));

        assertThat(settings.connectsLike(Settings.of(config(Map.of("request_threads", 9)))))
                .isTrue();
        assertThat(settings.connectsLike(Settings.of(config("ssl://host:8883"))))
                .isFalse();
        assertThat(Settings.of(config("ssl://host:8883")).broker())
                .isEqualTo(Optional.of(URI.create("ssl://host:8883")));
    }

    @Test
    void everyTextIsThereInBothLanguages() {
        ResourceBundle english = texts(Locale.ROOT);
        ResourceBundle japanese = texts(Locale.JAPANESE);

        assertThat(japanese.getLocale()).isEqualTo(Locale.JAPANESE);
        assertThat(japanese.keySet()).isEqualTo(english.keySet());
        assertThat(english.keySet()).hasSize(22);
    }

    static Settings.Config config(String broker) {
        return config(Map.of(
                "broker", broker, "keep_alive_seconds", 1, "pause_least_millis", 20, "pause_longest_millis", 200));
    }

    /** The defaults, but for these. */
    static Settings.Config config(Map<String, Object> values) {
        return (Settings.Config) Proxy.newProxyInstance(
                SettingsTest.class.getClassLoader(),
                new Class<?>[] {Settings.Config.class},
                (proxy, method, arguments) -> values.getOrDefault(method.getName(), method.getDefaultValue()));
    }

    private static void refused(Map<String, Object> values) {
        assertThatIllegalArgumentException().as("%s", values).isThrownBy(() -> Settings.of(config(values)));
    }

    private static ResourceBundle texts(Locale locale) {
        return ResourceBundle.getBundle(
                "OSGI-INF/l10n/connection",
                locale,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }
}
