package io.sekimori.example.sensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sekimori.audit.AuditCode;
import io.sekimori.audit.AuditEntry;
import io.sekimori.audit.AuditException;
import io.sekimori.audit.AuditReceipt;
import io.sekimori.connection.ConnectionCode;
import io.sekimori.connection.ConnectionException;
import io.sekimori.connection.Notification;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.felix.hc.api.Result;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.log.Logger;

class SensorTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @TempDir
    Path root;

    private final MemoryVault vault = new MemoryVault();
    private final List<AuditEntry> audited = new ArrayList<>();
    private final List<Notification> sent = new ArrayList<>();
    private Sensor sensor;

    @BeforeEach
    void aMachine() throws IOException {
        file("proc/meminfo", "MemTotal:  2000 kB\nMemAvailable:    1234 kB\n");
        file("sys/class/thermal/thermal_zone0/temp", "45250\n");
        load("0.50");
        sensor = new Sensor(
                new Machine(root, Clock.fixed(NOW, ZoneOffset.UTC)), logger(), new Settings(60, 3, 4.0, true));
        sensor.vault = vault;
        sensor.audit = this::record;
        sensor.outbox = sent::add;
    }

    @Test
    void whatIsMeasuredIsKeptAndPublished() throws Exception {
        sensor.measure();

        assertThat(History.read(vault))
                .containsExactly(new Measurement(NOW, Optional.of(0.5), Optional.of(1234L), Optional.of(45_250L)));
        assertThat(sent).hasSize(1);
        assertThat(sent.get(0).metrics())
                .containsEntry("load", 0.5)
                .containsEntry("temperature.celsius", 45.25)
                .containsEntry("at", NOW.toEpochMilli());
    }

    @Test
    void onlyTheNewestAreKept() throws Exception {
        for (String load : List.of("1.00", "2.00", "3.00", "3.50")) {
            load(load);
            sensor.measure();
        }

        assertThat(History.read(vault))
                .extracting(each -> each.load().orElseThrow())
                .containsExactly(2.0, 3.0, 3.5);
    }

    @Test
    void whatTheMachineDoesNotTellIsLeftOut() throws Exception {
        Sensor bare = new Sensor(
                new Machine(root.resolve("nothing"), Clock.fixed(NOW, ZoneOffset.UTC)),
                logger(),
                new Settings(60, 3, 4.0, true));
        bare.vault = vault;

        bare.measure();

        assertThat(History.read(vault))
                .containsExactly(new Measurement(NOW, Optional.empty(), Optional.empty(), Optional.empty()));
    }

    @Test
    void withoutVaultAuditOrConsoleItGoesOnAndKeepsLater() throws Exception {
        sensor.vault = null;
        sensor.audit = null;
        sensor.outbox = null;
        load("9.00");
        sensor.measure();
        assertThat(sensor.execute().getStatus()).isEqualTo(Result.Status.WARN);

        sensor.vault = vault;
        vault.refusing = true;
        sensor.measure();
        assertThat(sensor.execute().getStatus()).isEqualTo(Result.Status.WARN);

        vault.refusing = false;
        sensor.measure();
        assertThat(sensor.execute().getStatus()).isEqualTo(Result.Status.OK);
        assertThat(History.read(vault)).hasSize(3);
    }

    @Test
    void anOutboxThatRefusesHurtsNothing() throws Exception {
        sensor.outbox = notification -> {
            throw new ConnectionException(ConnectionCode.OUTBOX_UNWRITABLE, "by test", null);
        };

        sensor.measure();

        assertThat(History.read(vault)).hasSize(1);
        assertThat(sensor.execute().getStatus()).isEqualTo(Result.Status.OK);
    }

    @Test
    void crossingTheLimitIsAuditedOnceEachWayAndAsSoonAsItCanBe() throws Exception {
        sensor.measure();
        sensor.audit = entry -> {
            throw new AuditException(AuditCode.AUDIT_UNWRITABLE, "by test", null);
        };
        load("4.00");
        sensor.measure();
        sensor.audit = this::record;
        sensor.measure();
        sensor.measure();
        load("3.99");
        sensor.measure();

        assertThat(audited)
                .extracting(AuditEntry::action)
                .containsExactly("example.sensor.above-limit", "example.sensor.below-limit");
    }

    @Test
    void whoDoesNotWantToPublishDoesNot() throws Exception {
        sensor.configure(config(Map.of("publish", false)));
        sensor.measure();
        sensor.configure(config(Map.of("publish", true, "interval_seconds", 0)));
        sensor.measure();

        assertThat(sent).isEmpty();
    }

    @Test
    void itMeasuresAtOnceAndAgainWhenItIsConfigured() throws Exception {
        Semaphore measured = new Semaphore(0);
        sensor.outbox = notification -> measured.release();

        sensor.begin();
        assertThat(measured.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
        sensor.configure(config(Map.of("interval_seconds", 3_600)));

        assertThat(measured.tryAcquire(60, TimeUnit.SECONDS)).isTrue();
        sensor.end();
        assertThat(History.read(vault)).hasSize(2);
    }

    @Test
    void linesAreReadBackAndOthersAreNot() {
        Measurement measurement = new Measurement(NOW, Optional.of(1.5), Optional.empty(), Optional.of(-3L));

        assertThat(Measurement.parse(measurement.line())).contains(measurement);
        for (String line : List.of("", "a b c d", NOW + " 1", NOW + " x - -", NOW + " - 1.5 -")) {
            assertThat(Measurement.parse(line)).as(line).isEmpty();
        }
    }

    @Test
    void settingsHaveBoundsAndTextsInBothLanguages() {
        assertThat(Settings.of(config(Map.of()))).isEqualTo(new Settings(60, 100, 16, true));
        for (Map<String, Object> bad : List.<Map<String, Object>>of(
                Map.of("interval_seconds", 86_401),
                Map.of("kept", 0),
                Map.of("kept", 1_001),
                Map.of("load_limit", 0.0),
                Map.of("load_limit", Double.NaN))) {
            assertThatIllegalArgumentException().isThrownBy(() -> Settings.of(config(bad)));
        }
        ResourceBundle japanese = texts(Locale.JAPANESE);
        assertThat(japanese.getLocale()).isEqualTo(Locale.JAPANESE);
        assertThat(japanese.keySet()).isEqualTo(texts(Locale.ROOT).keySet()).hasSize(10);
    }

    private void load(String load) throws IOException {
        file("proc/loadavg", load + " 0.40 0.30 1/200 4711\n");
    }

    private void file(String path, String content) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }

    private AuditReceipt record(AuditEntry entry) {
        audited.add(entry);
        return new AuditReceipt(audited.size(), NOW, "0".repeat(64));
    }

    private Logger logger() {
        return (Logger) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Logger.class}, (proxy, method, arguments) -> null);
    }

    private static Settings.Config config(Map<String, Object> values) {
        return (Settings.Config) Proxy.newProxyInstance(
                SensorTest.class.getClassLoader(),
                new Class<?>[] {Settings.Config.class},
                (proxy, method, arguments) -> values.getOrDefault(method.getName(), method.getDefaultValue()));
    }

    private static ResourceBundle texts(Locale locale) {
        return ResourceBundle.getBundle(
                "OSGI-INF/l10n/sensor",
                locale,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }
}
