package io.sekimori.notices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.sekimori.notices.kit.Certificates;
import io.sekimori.notices.kit.Mosquitto;
import io.sekimori.notices.kit.Subscriber;
import io.sekimori.trust.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Notices by MQTT, to Mosquitto. */
class AnnouncerTest {

    private static final String TOPIC = "site/関守/updates";
    private static final Notice NOTICE = new Notice(
            "n-" + "c".repeat(32),
            Kind.UPDATE_AVAILABLE,
            Instant.parse("2026-11-22T12:00:00Z"),
            1,
            List.of(new Fact(Kind.UPDATE_AVAILABLE, "1", "r-1 \"next\"", "org.example.app/2.0.0")));

    @TempDir
    private static Path folder;

    private static Certificates files;

    private Mosquitto broker;

    @BeforeAll
    static void make() throws Exception {
        files = Certificates.in(folder);
    }

    @BeforeEach
    void begin() throws Exception {
        broker = Mosquitto.begin(files, Mosquitto.freePort());
    }

    @AfterEach
    void end() {
        broker.close();
    }

    @Test
    void whoReadsTheTopicHearsItOnceAndNobodyWhoComesLater() throws Exception {
        try (Subscriber listening = listening("listener")) {
            announcer("secret").tell(NOTICE, TOPIC);

            MqttMessage message = first(listening);
            assertThat(message.getQos()).isEqualTo(1);
            JsonObject said = JsonObject.parse(message.getPayload());
            assertThat(said.string("kind")).isEqualTo("UPDATE_AVAILABLE");
            assertThat(said.string("id")).isEqualTo(NOTICE.id());
            assertThat(said.objects("items").get(0).string("detail")).isEqualTo("org.example.app/2.0.0");
        }
        try (Subscriber late = listening("late")) {
            announcer("secret").tell(NOTICE.brief(), TOPIC);

            String brief = new String(first(late).getPayload(), StandardCharsets.UTF_8);
            assertThat(brief).doesNotContain("org.example").contains("\"count\"");
        }
    }

    @Test
    void whoIsNotLetInIsToldSo() throws Exception {
        files.secret("other", "a guess");

        assertThat(failure(announcer("other"))).isEqualTo(NoticesCode.NOTICE_REFUSED);
        Topics nobody = new Topics(Optional.of(address("localhost")), "", Optional.empty(), List.of(TOPIC));
        assertThat(failure(new Announcer(nobody, trust()))).isEqualTo(NoticesCode.NOTICE_REFUSED);
        assertThat(failure(announcer("absent"))).isEqualTo(NoticesCode.NOTICE_UNREACHED);
    }

    @Test
    void anImpostorHearsNeitherPasswordNorNotice() throws Exception {
        Announcer strict = new Announcer(topics("localhost", "secret"), Trust.of(Optional.empty()));

        assertThat(failure(strict)).isEqualTo(NoticesCode.NOTICE_UNTRUSTED);
        assertThat(failure(new Announcer(topics("127.0.0.1", "secret"), trust())))
                .isEqualTo(NoticesCode.NOTICE_UNTRUSTED);
    }

    /** A power cut of the broker; what was tried meanwhile is tried again, under the same id. */
    @Test
    void whatABrokerThatIsOffMissedArrivesOnceItIsBack() throws Exception {
        int port = broker.port();
        broker.close();
        Announcer announcer = announcer("secret");
        assertThat(failure(announcer)).isEqualTo(NoticesCode.NOTICE_UNREACHED);

        broker = Mosquitto.begin(files, port);
        try (Subscriber listening = listening("listener")) {
            announcer.tell(NOTICE, TOPIC);

            assertThat(new String(first(listening).getPayload(), StandardCharsets.UTF_8))
                    .contains(NOTICE.id());
        }
    }

    @Test
    void whoSaysNothingIsLeft() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getByName("localhost"))) {
            Topics topics = new Topics(
                    Optional.of(URI.create("ssl://localhost:" + silent.getLocalPort())),
                    "",
                    Optional.empty(),
                    List.of(TOPIC));

            assertThat(failure(new Announcer(topics, trust(), Duration.ofSeconds(2))))
                    .isEqualTo(NoticesCode.NOTICE_UNREACHED);
        }
    }

    private static NoticesCode failure(Announcer announcer) {
        return NotToldException.code(catchThrowableOfType(IOException.class, () -> announcer.tell(NOTICE, TOPIC)));
    }

    private Announcer announcer(String secret) throws IOException {
        return new Announcer(topics("localhost", secret), trust());
    }

    private Topics topics(String host, String secret) {
        return new Topics(Optional.of(address(host)), "console", Optional.of(folder.resolve(secret)), List.of(TOPIC));
    }

    private URI address(String host) {
        return URI.create("ssl://" + host + ":" + broker.port());
    }

    private static Trust trust() throws IOException {
        return Trust.of(Optional.of(files.certificate()));
    }

    private Subscriber listening(String name) throws IOException {
        return new Subscriber(files, broker, name, "site");
    }

    private static MqttMessage first(Subscriber listening) {
        await().atMost(Duration.ofSeconds(20)).until(() -> !listening.heard().isEmpty());
        return listening.heard().get(0);
    }
}
