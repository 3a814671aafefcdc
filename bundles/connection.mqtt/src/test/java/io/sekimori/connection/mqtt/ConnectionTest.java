package io.sekimori.connection.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sekimori.connection.Link.State;
import io.sekimori.connection.Reply;
import io.sekimori.payload.BirthFact;
import io.sekimori.payload.KuraPayload;
import io.sekimori.payload.ReplySignature;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a console sees of a gateway, over a real broker. */
class ConnectionTest {

    private static final String OF_GATEWAY = "$EDC/sekimori/" + Gateway.ID + "/";

    @TempDir
    Path folder;

    private final Authority authority = new Authority();
    private Mosquitto broker;
    private Gateway gateway;
    private Console console;
    private MqttConnection connection;

    @BeforeEach
    void begin() throws Exception {
        broker = new Mosquitto(folder, authority).start();
        gateway = new Gateway(authority, broker.address());
        console = new Console(authority, broker.address());
        connection = gateway.connection(folder.resolve("outbox"));
    }

    @AfterEach
    void end() throws Exception {
        connection.close();
        console.close();
        broker.close();
    }

    @Test
    void itSaysWhatItIsWhenItComesAndThatItGoes() {
        Map<BirthFact, String> birth =
                BirthFact.of(console.await(OF_GATEWAY + "MQTT/BIRTH").payload());
        awaitConnected();

        connection.close();

        Map<BirthFact, String> farewell =
                BirthFact.of(console.await(OF_GATEWAY + "MQTT/DC").payload());
        assertThat(birth)
                .containsEntry(BirthFact.SERIAL_NUMBER, "S-0001")
                .containsEntry(BirthFact.MODEL_NAME, "M1")
                .containsEntry(BirthFact.APPLICATION_FRAMEWORK, "Sekimori")
                .containsEntry(BirthFact.APPLICATION_FRAMEWORK_VERSION, "0.1.0")
                .containsEntry(BirthFact.ACCEPT_ENCODING, "gzip")
                .containsEntry(BirthFact.APPLICATION_IDS, "");
        assertThat(birth.get(BirthFact.EXTENDED_PROPERTIES)).contains("\"generation\":\"7\"");
        assertThat(farewell).containsOnlyKeys(BirthFact.UPTIME, BirthFact.DISPLAY_NAME);
        assertThat(console.heard(OF_GATEWAY + "MQTT/LWT")).isEmpty();
        assertThat(connection.status().state()).isEqualTo(State.CLOSED);
    }

    @Test
    void aChangeOfApplicationsIsAnnouncedOnceItHasSettled() {
        awaitConnected();

        Gateway.install(connection, "B-1", request -> Reply.done());
        Gateway.install(connection, "A-1", request -> Reply.done());

        KuraPayload apps = console.await(OF_GATEWAY + "MQTT/APPS").payload();
        assertThat(BirthFact.of(apps)).containsEntry(BirthFact.APPLICATION_IDS, "A-1,B-1");
        assertThat(console.heard(OF_GATEWAY + "MQTT/APPS")).hasSize(1);
    }

    @Test
    void aRequestReachesItsApplicationAndTheReplyIsSigned() throws Exception {
        Gateway.install(
                connection,
                "A-1",
                request -> new Reply(
                        207,
                        Map.of("asked", request.path() + " " + request.metrics()),
                        "wörds".getBytes(StandardCharsets.UTF_8)));
        awaitConnected();

        console.send(OF_GATEWAY + "A-1/GET/x/y", Console.request("17", Map.of("n", 5)));

        KuraPayload reply = console.reply("A-1", "17");
        assertThat(reply.metrics())
                .containsEntry("response.code", 207)
                .containsEntry("asked", "x/y {n=5}")
                .containsOnlyKeys("response.code", "asked", "signature");
        assertThat(new String(reply.body(), StandardCharsets.UTF_8)).isEqualTo("wörds");
        assertThat(ReplySignature.holds(
                        gateway.certificate().getPublicKey(), Gateway.ID, Console.replyTopic("A-1", "17"), reply))
                .isTrue();
        assertThat(gateway.audited).isEmpty();
    }

    @Test
    void whatMayChangeTheGatewayIsAuditedBeforeAndAfter() throws Exception {
        Gateway.install(connection, "A-1", request -> Reply.refused(403, "NO_MANDATE", "not yet"));
        awaitConnected();

        console.ask("18", "A-1/EXEC/start/7");

        assertThat(console.reply("A-1", "18").metrics())
                .containsEntry("response.code", 403)
                .containsEntry("response.reason", "NO_MANDATE")
                .containsEntry("response.exception.message", "not yet");
        await().until(() -> gateway.audited.size() == 2);
        assertThat(gateway.audited)
                .allSatisfy(entry -> {
                    assertThat(entry.actor()).isEqualTo("mqtt:console-1");
                    assertThat(entry.subject()).isEqualTo("A-1/EXEC/start/7");
                })
                .extracting(entry -> entry.verdict() + " " + entry.reason())
                .containsExactly("ALLOWED ", "REFUSED NO_MANDATE");
    }

    @Test
    void whatCannotBeAnsweredIsDroppedAndAuditedAndHarmsNobody() throws Exception {
        Gateway.install(connection, "A-1", request -> Reply.done());
        awaitConnected();

        console.send(OF_GATEWAY + "A-1/GET/x", new byte[] {7, 7, 7});
        console.send(OF_GATEWAY + "A-1/GET/x", new byte[0]);
        console.send(OF_GATEWAY + "A-1", new byte[0]);
        console.ask("19", "B-1/GET/x");
        console.ask("20", "A-1/FETCH/x");
        console.ask("21", "A-1/GET");
        console.ask("22", "A-1/GET/x");

        assertThat(console.reply("A-1", "22").metrics()).containsEntry("response.code", 200);
        assertThat(console.reply("A-1", "21").metrics()).containsEntry("response.code", 400);
        assertThat(console.reply("A-1", "20").metrics()).containsEntry("response.reason", "TOPIC_MALFORMED");
        assertThat(console.reply("B-1", "19").metrics()).containsEntry("response.code", 404);
        await().until(() -> gateway.audited.size() == 3);
        assertThat(gateway.audited)
                .extracting(entry -> entry.action() + " " + entry.reason())
                .containsExactly(
                        "connection.drop MESSAGE_MALFORMED",
                        "connection.drop MESSAGE_MALFORMED",
                        "connection.drop TOPIC_MALFORMED");
    }

    @Test
    void aGatewayThatIsNotEnrolledConnectsWhenItIs() throws Exception {
        connection.close();
        gateway.known(false);
        int before = console.heard(OF_GATEWAY + "MQTT/BIRTH").size();
        connection = gateway.connection(folder.resolve("outbox"));
        assertThat(connection.status().state()).isEqualTo(State.NOT_ENROLLED);
        assertThat(threads()).doesNotContain("sekimori-connection");

        gateway.known(true);
        connection.enrolled(gateway.enrolled().orElseThrow());

        console.await(OF_GATEWAY + "MQTT/BIRTH", before);
        awaitConnected();
        assertThat(threads()).contains("sekimori-connection");
    }

    @Test
    void aRequestForAGatewayThatIsBeingReplacedReachesItsSuccessor() throws Exception {
        awaitConnected();
        connection.close();
        console.ask("23", "A-1/GET/x");

        connection = gateway.connection(
                folder.resolve("outbox"), Gateway.settings(), Map.of("A-1", request -> Reply.done()));

        assertThat(console.reply("A-1", "23").metrics()).containsEntry("response.code", 200);
    }

    private void awaitConnected() {
        await().atMost(Duration.ofSeconds(20)).until(() -> connection.status().state() == State.CONNECTED);
    }

    private static List<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
    }
}
