package io.sekimori.connection.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sekimori.connection.Application;
import io.sekimori.connection.Link;
import io.sekimori.connection.Link.State;
import io.sekimori.connection.Notification;
import io.sekimori.connection.Notification.Importance;
import io.sekimori.connection.Reply;
import io.sekimori.connection.mqtt.Console.Heard;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.felix.hc.api.Result;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a network does to a gateway, and that it comes back with everything it had to say. */
class HardshipTest {

    private static final String OF_GATEWAY = "$EDC/sekimori/" + Gateway.ID + "/";
    private static final String NEWS = "$EDC/sekimori/console/SEKIMORI-V1/NOTIFY/" + Gateway.ID + "/report";

    @TempDir
    Path folder;

    private final Authority authority = new Authority();
    private Mosquitto broker;
    private Proxy network;
    private Gateway gateway;
    private MqttConnection connection;

    @BeforeEach
    void begin() throws Exception {
        // A message beyond this is answered by closing the connection.
        broker = new Mosquitto(folder, authority, "max_packet_size 20000");
        network = new Proxy(broker.port());
        gateway = new Gateway(authority, network.address());
    }

    @AfterEach
    void end() throws Exception {
        if (connection != null) {
            connection.close();
        }
        network.close();
        broker.close();
    }

    @Test
    void aBrokerThatComesLateGetsWhatWasSaidBefore() throws Exception {
        connect();
        awaitState(State.WAITING);
        connection.send(news(1, Importance.OUTCOME));
        connection.send(news(2, Importance.PROGRESS));
        assertThat(connection.execute().getStatus()).isEqualTo(Result.Status.WARN);
        assertThat(waiting()).isEqualTo(2);

        broker.start();
        try (Console console = console()) {
            awaitState(State.CONNECTED);

            await().atMost(Duration.ofSeconds(20)).until(() -> waiting() == 0);
            assertThat(numbers(console)).isSubsetOf(1, 2);
        }
        assertThat(connection.execute().getStatus()).isEqualTo(Result.Status.OK);
        assertThat(network.accepted()).isGreaterThan(1);
    }

    @Test
    void aBrokerThatIsRestartedIsFoundAgainAndNothingIsLost() throws Exception {
        broker.start();
        try (Console console = console()) {
            connect();
            awaitState(State.CONNECTED);

            broker.stop();
            for (int i = 0; i < 30; i++) {
                connection.send(news(i, Importance.OUTCOME));
            }
            awaitState(State.WAITING);
            broker.start();

            await().atMost(Duration.ofSeconds(30)).until(() -> waiting() == 0);
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(numbers(console))
                            .containsAll(IntStream.range(0, 30).boxed().toList()));
            assertThat(numbers(console).stream().distinct()).isSorted();
        }
    }

    @Test
    void aNetworkThatGoesSilentIsNoticedAndLeft() throws Exception {
        broker.start();
        try (Console console = console()) {
            connect();
            awaitState(State.CONNECTED);
            int connections = network.accepted();

            network.silent(true);
            // Enough to fill every buffer on the way, so that a write hangs too.
            for (int i = 0; i < 60; i++) {
                connection.send(large(i, 15_000));
            }
            await().atMost(Duration.ofSeconds(20)).until(() -> network.accepted() > connections);
            network.silent(false);

            awaitState(State.CONNECTED);
            await().atMost(Duration.ofSeconds(40)).until(() -> waiting() == 0);
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(numbers(console))
                            .containsAll(IntStream.range(0, 60).boxed().toList()));
            console.await(OF_GATEWAY + "MQTT/LWT");
        }
    }

    @Test
    void aCutConnectionLeavesAWillAndARequestMeanwhileWaits() throws Exception {
        broker.start();
        try (Console console = console()) {
            connect(Map.of("A-1", request -> Reply.done()));
            awaitState(State.CONNECTED);
            int births = console.heard(OF_GATEWAY + "MQTT/BIRTH").size();

            network.silent(true);
            network.cut();
            console.await(OF_GATEWAY + "MQTT/LWT");
            console.ask("31", "A-1/GET/x");
            network.silent(false);

            assertThat(console.reply("A-1", "31").metrics()).containsEntry("response.code", 200);
            console.await(OF_GATEWAY + "MQTT/BIRTH", births);
        }
    }

    @Test
    void aNameThatIsNotKnownYetIsAskedForAgain() throws Exception {
        broker.start();
        Settings nowhere = Gateway.settings();
        connection = gateway.connection(
                folder.resolve("outbox"), with(nowhere, URI.create("ssl://nobody.invalid:8883")), Map.of());
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            Link.Status status = connection.status();
            return status.detail().contains("UnknownHostException: nobody.invalid")
                    && status.nextTry().isPresent();
        });

        connection.configure(SettingsTest.config(network.address().toString()));

        awaitState(State.CONNECTED);
    }

    @Test
    void aRenewedCertificateIsShownAtOnce() throws Exception {
        broker.start();
        connect();
        awaitState(State.CONNECTED);
        int connections = network.accepted();

        gateway.renew();
        connection.enrolled(gateway.enrolled().orElseThrow());

        await().atMost(Duration.ofSeconds(20)).until(() -> network.accepted() > connections);
        awaitState(State.CONNECTED);
        assertThat(network.accepted()).isEqualTo(connections + 1);
    }

    @Test
    void aMessageTheBrokerNeverTakesDoesNotHoldUpTheOthers() throws Exception {
        broker.start();
        try (Console console = console()) {
            connect();
            awaitState(State.CONNECTED);

            connection.send(large(1, 30_000));
            connection.send(news(2, Importance.OUTCOME));

            await().atMost(Duration.ofSeconds(40)).until(() -> numbers(console).contains(2));
            assertThat(numbers(console)).doesNotContain(1);
            await().until(() -> waiting() == 0);
            assertThat(gateway.audited)
                    .extracting(entry -> entry.action() + " " + entry.reason())
                    .containsExactly("connection.outbox.drop NOTIFICATION_UNWANTED");
        }
    }

    @Test
    void aBrokerOfAnotherAuthorityIsNotSpokenTo() throws Exception {
        Path other = Files.createDirectory(folder.resolve("other"));
        try (Mosquitto impostor = new Mosquitto(other, new Authority()).start()) {
            connection = gateway.connection(
                    folder.resolve("outbox"), with(Gateway.settings(), impostor.address()), Map.of());

            await().atMost(Duration.ofSeconds(30))
                    .until(() -> connection.status().detail().startsWith("SSLHandshakeException: "));
            assertThat(connection.status().state()).isNotEqualTo(State.CONNECTED);
        }
    }

    @Test
    void whatWasHandedToAReplacedOutboxIsSentByItsSuccessor() throws Exception {
        broker.start();
        try (Console console = console()) {
            MqttConnection old = gateway.connection(folder.resolve("outbox"));
            old.close();
            old.send(news(41, Importance.OUTCOME));
            connect();
            old.send(news(42, Importance.OUTCOME));
            awaitState(State.CONNECTED);
            connection.send(news(43, Importance.OUTCOME));

            await().atMost(Duration.ofSeconds(45))
                    .untilAsserted(() -> assertThat(numbers(console)).contains(41, 42, 43));
        }
    }

    @Test
    void aVersionThatDoesNotReachWhatTheOneBeforeReachedIsNotWell() throws Exception {
        broker.start();
        connect();
        awaitState(State.CONNECTED);
        connection.close();
        broker.stop();

        connect();
        assertThat(connection.execute().getStatus()).isEqualTo(Result.Status.TEMPORARILY_UNAVAILABLE);
        broker.start();
        awaitState(State.CONNECTED);

        assertThat(connection.execute().getStatus()).isEqualTo(Result.Status.OK);
    }

    private void connect() {
        connect(Map.of());
    }

    private void connect(Map<String, Application> applications) {
        connection = gateway.connection(folder.resolve("outbox"), Gateway.settings(), applications);
    }

    private Console console() throws Exception {
        return new Console(authority, broker.address());
    }

    private void awaitState(State state) {
        await(state + " not " + connection.status())
                .atMost(Duration.ofSeconds(30))
                .until(() -> connection.status().state() == state);
    }

    private long waiting() throws Exception {
        Path outbox = folder.resolve("outbox");
        if (!Files.exists(outbox)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(outbox)) {
            return files.count();
        }
    }

    private static List<Integer> numbers(Console console) {
        return console.heard(NEWS).stream()
                .map(Heard::payload)
                .map(payload -> payload.metric("n", Integer.class).orElseThrow())
                .toList();
    }

    private static Notification news(int number, Importance importance) {
        return new Notification(
                Notification.CONSOLE, "SEKIMORI-V1", "report", importance, Map.of("n", number), new byte[0]);
    }

    private static Notification large(int number, int size) {
        byte[] body = new byte[size];
        new SecureRandom().nextBytes(body);
        return new Notification(
                Notification.CONSOLE, "SEKIMORI-V1", "report", Importance.OUTCOME, Map.of("n", number), body);
    }

    private static Settings with(Settings settings, URI broker) {
        return new Settings(
                Optional.of(broker),
                settings.keepAlive(),
                settings.timeout(),
                settings.leastPause(),
                settings.longestPause(),
                settings.appsDelay(),
                settings.threads(),
                settings.queue(),
                settings.limit(),
                settings.outboxBytes());
    }
}
