package io.sekimori.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sekimori.broker.testkit.TestAuthority;
import io.sekimori.broker.testkit.TestAuthority.Holder;
import io.sekimori.broker.testkit.TestClient;
import io.sekimori.broker.testkit.TestClient.Received;
import io.sekimori.broker.testkit.TestClient.Will;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What gateways and console rely on, whichever broker it is. Rights are proved by what arrives, since MQTT 3.1.1
 * acknowledges a publication that it throws away.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class BrokerScenario {

    static final String ONE = "g-aaaaaaaaaaaa";
    static final String TWO = "g-bbbbbbbbbbbb";
    static final String CONSOLE = "console-1";
    static final String EDC = "$EDC/sekimori/";

    final TestAuthority authority = new TestAuthority("Sekimori");
    final Holder oneHolder = authority.issue(ONE, "gateway");
    final SSLContext one = authority.client(oneHolder);
    final SSLContext two = authority.client(authority.issue(TWO, "gateway"));
    final SSLContext console = authority.client(authority.issue(CONSOLE, "console"));

    private Path directory;

    abstract void start(Path folder) throws IOException, InterruptedException;

    abstract void stop() throws InterruptedException;

    abstract void kill() throws InterruptedException;

    abstract int port();

    /** How many of the messages acknowledged last a kill may lose. */
    abstract int lostByAKill();

    @BeforeAll
    void begin(@TempDir Path folder) throws IOException, InterruptedException {
        directory = folder;
        authority.write(directory, authority.issue("broker", "broker"));
        authority.writeList(directory.resolve("crl.pem"));
        start(directory);
    }

    @AfterAll
    void end() throws InterruptedException {
        stop();
    }

    private TestClient readingConsole() throws MqttException {
        TestClient reading = TestClient.connect(port(), console, CONSOLE);
        reading.subscribe(EDC + "#");
        reading.subscribe("sekimori/#");
        return reading;
    }

    @Test
    void aGatewayPublishesWhereItMay() throws MqttException, InterruptedException {
        try (TestClient reading = readingConsole();
                TestClient gateway = TestClient.connect(port(), one, ONE)) {
            List<String> topics = List.of(
                    EDC + ONE + "/MQTT/BIRTH",
                    "sekimori/" + ONE + "/boiler/temperature",
                    EDC + "console-1/SEKIMORI-V1/REPLY/1",
                    EDC + "console/SEKIMORI-V1/NOTIFY/" + ONE + "/progress");
            for (String topic : topics) {
                gateway.publish(topic, topic);
            }
            assertThat(reading.until(topics.toArray(String[]::new)))
                    .extracting(Received::topic)
                    .containsExactlyInAnyOrderElementsOf(topics);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$EDC/sekimori/g-bbbbbbbbbbbb/MQTT/BIRTH",
                "$EDC/sekimori/g-bbbbbbbbbbbb/SEKIMORI-V1/PUT/assignment",
                "$EDC/sekimori/console/SEKIMORI-V1/NOTIFY/g-bbbbbbbbbbbb/report",
                "$EDC/sekimori/console-1/SEKIMORI-V1/PUT/assignment",
                "sekimori/g-bbbbbbbbbbbb/boiler",
                "sekimori/g-aaaaaaaaaaaab/boiler",
                "$EDC/sekimori/g-aaaaaaaaaaaab/MQTT/BIRTH",
                "sekimori/boiler"
            })
    void aGatewayCannotPublishAsAnother(String topic) throws MqttException, InterruptedException {
        try (TestClient reading = readingConsole();
                TestClient gateway = TestClient.connect(port(), one, ONE);
                TestClient other = TestClient.connect(port(), two, TWO)) {
            other.subscribe(EDC + TWO + "/#");
            gateway.tryPublish(topic, "forged".getBytes(StandardCharsets.UTF_8), false);
            other.publish("sekimori/" + TWO + "/boiler", "last telemetry");
            other.publish(EDC + TWO + "/MQTT/DC", "last");
            assertThat(reading.until("last", "last telemetry")).hasSize(2);
            assertThat(other.until("last")).extracting(Received::text).containsExactly("last");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#",
                "+/#",
                "$EDC/#",
                "$EDC/+/+/#",
                "$EDC/sekimori/#",
                "$EDC/sekimori/+/#",
                "$EDC/sekimori/+/SEKIMORI-V1/PUT/assignment",
                "$EDC/sekimori/g-bbbbbbbbbbbb/#",
                "$share/all/$EDC/sekimori/g-bbbbbbbbbbbb/#",
                "sekimori/#",
                "sekimori/g-bbbbbbbbbbbb/#"
            })
    void aGatewayCannotReadWhatIsForOthers(String filter) throws MqttException, InterruptedException {
        try (TestClient sending = TestClient.connect(port(), console, CONSOLE);
                TestClient other = TestClient.connect(port(), two, TWO);
                TestClient gateway = TestClient.connect(port(), one, ONE)) {
            other.subscribe(EDC + TWO + "/#");
            gateway.subscribe(EDC + ONE + "/#");
            gateway.trySubscribe(filter);
            sending.publish(EDC + TWO + "/SEKIMORI-V1/PUT/assignment", "secret");
            other.publish("sekimori/" + TWO + "/boiler", "secret");
            assertThat(other.until("secret")).hasSize(1);
            if (gateway.isConnected()) {
                sending.publish(EDC + ONE + "/SEKIMORI-V1/PUT/assignment", "last");
                assertThat(gateway.until("last")).extracting(Received::text).containsOnly("last");
            }
        }
    }

    @Test
    void nobodyTakesTheNameOfAnother() throws MqttException, InterruptedException {
        try (TestClient sending = TestClient.connect(port(), console, CONSOLE);
                TestClient other = TestClient.connect(port(), two, TWO)) {
            other.subscribe(EDC + TWO + "/#");
            try (TestClient thief = TestClient.connect(port(), one, TWO)) {
                thief.trySubscribe(EDC + TWO + "/#");
            } catch (MqttException e) {
                assertThat(e).isNotNull(); // ours refuses it, mosquitto gives it its own name
            }
            sending.publish(EDC + TWO + "/SEKIMORI-V1/PUT/assignment", "mine");
            assertThat(other.until("mine")).hasSize(1);
            assertThat(other.isConnected()).isTrue();
        }
    }

    @Test
    void onlyACertificateOfTheConsolesAuthorityConnects() {
        TestAuthority foreign = new TestAuthority("Sekimori");
        SSLContext stranger = authority.client(foreign.issue(ONE, "gateway"));
        assertThatThrownBy(() -> TestClient.connect(port(), authority.client(), ONE))
                .isInstanceOf(MqttException.class);
        assertThatThrownBy(() -> TestClient.connect(port(), stranger, ONE)).isInstanceOf(MqttException.class);
    }

    @Test
    void nothingOlderThanTls13Connects() throws IOException {
        try (SSLSocket socket = (SSLSocket) one.getSocketFactory().createSocket("127.0.0.1", port())) {
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});
            assertThatThrownBy(socket::startHandshake).isInstanceOf(IOException.class);
        }
    }

    @Test
    void anOversizedMessageArrivesNowhere() throws MqttException, InterruptedException {
        try (TestClient reading = readingConsole();
                TestClient gateway = TestClient.connect(port(), one, ONE);
                TestClient other = TestClient.connect(port(), two, TWO)) {
            assertThat(gateway.tryPublish(EDC + ONE + "/X/big", new byte[300 * 1024], false))
                    .isFalse();
            other.publish(EDC + TWO + "/X/small", "last");
            assertThat(reading.until("last")).extracting(Received::text).containsExactly("last");
        }
    }

    @Test
    void aMessageWaitsForAGatewayThatIsAway() throws MqttException, InterruptedException {
        try (TestClient sending = TestClient.connect(port(), console, CONSOLE)) {
            try (TestClient gateway = TestClient.resume(port(), one, ONE)) {
                gateway.subscribe(EDC + ONE + "/#");
            }
            for (int i = 0; i < 20; i++) {
                sending.publish(EDC + ONE + "/SEKIMORI-V1/PUT/" + i, "waited " + i);
            }
            try (TestClient back = TestClient.resume(port(), one, ONE)) {
                assertThat(back.resumed()).isTrue();
                assertThat(back.until("waited 19")).hasSize(20);
            }
        } finally {
            forget(one, ONE);
        }
    }

    @Test
    void theLastWillOfAGatewayThatVanishesArrives() throws MqttException, InterruptedException {
        try (TestClient reading = readingConsole()) {
            TestClient.connect(port(), one, ONE, true, Optional.of(new Will(EDC + ONE + "/MQTT/LWT", "gone")))
                    .vanish();
            assertThat(reading.until("gone")).extracting(Received::topic).containsExactly(EDC + ONE + "/MQTT/LWT");
        }
    }

    @Test
    void aLastWillIsBoundToTheRightsOfItsGateway() throws MqttException, InterruptedException {
        try (TestClient reading = readingConsole()) {
            TestClient.connect(port(), one, ONE, true, Optional.of(new Will(EDC + TWO + "/MQTT/LWT", "forged")))
                    .vanish();
            TestClient.connect(port(), two, TWO, true, Optional.of(new Will(EDC + TWO + "/MQTT/LWT", "last")))
                    .vanish();
            assertThat(reading.until("last")).extracting(Received::text).containsExactly("last");
        }
    }

    @Test
    void theSameGatewayConnectingAgainTakesOver() throws MqttException, InterruptedException {
        try (TestClient sending = TestClient.connect(port(), console, CONSOLE);
                TestClient first = TestClient.resume(port(), one, ONE)) {
            first.subscribe(EDC + ONE + "/#");
            try (TestClient second = TestClient.resume(port(), one, ONE)) {
                assertThat(first.isLost()).isTrue();
                sending.publish(EDC + ONE + "/X/GET/a", "to the second");
                assertThat(second.until("to the second")).hasSize(1);
            }
        } finally {
            forget(one, ONE);
        }
    }

    @Test
    void sessionsAndMessagesOutliveARestart() throws MqttException, InterruptedException, IOException {
        try (TestClient gateway = TestClient.resume(port(), one, ONE)) {
            gateway.subscribe(EDC + ONE + "/#");
        }
        try (TestClient sending = TestClient.connect(port(), console, CONSOLE)) {
            sending.publish(EDC + ONE + "/X/PUT/a", "before the restart");
        }
        stop();
        start(directory);
        try (TestClient sending = TestClient.connect(port(), console, CONSOLE);
                TestClient gateway = TestClient.resume(port(), one, ONE)) {
            sending.publish(EDC + ONE + "/X/PUT/b", "after the restart");
            // MQTT orders messages of one topic alone.
            assertThat(gateway.until("before the restart", "after the restart")).hasSize(2);
        } finally {
            forget(one, ONE);
        }
    }

    @Test
    void whatWasAcknowledgedOutlivesAKill() throws MqttException, InterruptedException, IOException {
        try (TestClient reading = TestClient.resume(port(), console, CONSOLE)) {
            reading.subscribe(EDC + "#");
        }
        List<String> acknowledged = new ArrayList<>();
        try (TestClient gateway = TestClient.connect(port(), one, ONE)) {
            for (int i = 0; i < 100; i++) {
                gateway.publish(EDC + "console/SEKIMORI-V1/NOTIFY/" + ONE + "/report", "report " + i);
                acknowledged.add("report " + i);
            }
            kill();
        }
        start(directory);
        try (TestClient gateway = TestClient.connect(port(), one, ONE);
                TestClient reading = TestClient.resume(port(), console, CONSOLE)) {
            gateway.publish(EDC + "console/SEKIMORI-V1/NOTIFY/" + ONE + "/report", "last");
            List<String> kept = acknowledged.subList(0, acknowledged.size() - lostByAKill());
            // Another publisher's message may overtake them.
            assertThat(reading.until("last", kept.get(kept.size() - 1)))
                    .extracting(Received::text)
                    .containsAll(kept);
        } finally {
            forget(console, CONSOLE);
        }
    }

    @Test
    void garbageAtThePortHarmsNobody() throws MqttException, InterruptedException, IOException {
        Random random = new Random(20261122);
        try (TestClient reading = readingConsole();
                TestClient gateway = TestClient.connect(port(), two, TWO)) {
            for (int i = 0; i < 50; i++) {
                byte[] garbage = new byte[random.nextInt(2_000)];
                random.nextBytes(garbage);
                byte[] connectThenGarbage = garbage.clone();
                System.arraycopy(connectHeader(), 0, connectThenGarbage, 0, Math.min(12, garbage.length));
                List<byte[]> attempts = List.of(
                        garbage,
                        connectThenGarbage,
                        "GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                sendPlain(garbage);
                for (byte[] attempt : attempts) {
                    sendInsideTls(attempt);
                }
            }
            gateway.publish(EDC + TWO + "/X/a", "last");
            assertThat(reading.until("last")).hasSize(1);
        }
    }

    private static byte[] connectHeader() {
        return new byte[] {0x10, (byte) 0xff, (byte) 0xff, 0x03, 0, 4, 'M', 'Q', 'T', 'T', 4, 2};
    }

    private void sendPlain(byte[] bytes) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port());
                OutputStream out = socket.getOutputStream()) {
            out.write(bytes);
        }
    }

    private void sendInsideTls(byte[] bytes) throws IOException {
        try (SSLSocket socket = (SSLSocket) one.getSocketFactory().createSocket("127.0.0.1", port())) {
            socket.startHandshake();
            socket.getOutputStream().write(bytes);
            socket.getOutputStream().flush();
        }
    }

    /** A clean session ends the one before it. */
    void forget(SSLContext tls, String id) throws MqttException {
        TestClient.connect(port(), tls, id).close();
    }
}
