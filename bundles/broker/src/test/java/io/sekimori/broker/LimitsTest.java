package io.sekimori.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sekimori.broker.testkit.BrokerUnderTest;
import io.sekimori.broker.testkit.TestAuthority;
import io.sekimori.broker.testkit.TestAuthority.Holder;
import io.sekimori.broker.testkit.TestClient;
import io.sekimori.broker.testkit.TestClient.Received;
import io.sekimori.broker.testkit.TestClient.Will;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only our broker promises: limits that drop nothing in silence, revocation, and doors that Artemis leaves open. */
class LimitsTest {

    private static final String ONE = "g-aaaaaaaaaaaa";
    private static final String TWO = "g-bbbbbbbbbbbb";
    private static final String CONSOLE = "console-1";
    private static final String EDC = "$EDC/sekimori/";

    private final TestAuthority authority = new TestAuthority("Sekimori");
    private final Holder oneHolder = authority.issue(ONE, "gateway");
    private final SSLContext one = authority.client(oneHolder);
    private final SSLContext two = authority.client(authority.issue(TWO, "gateway"));
    private final SSLContext console = authority.client(authority.issue(CONSOLE, "console"));

    @TempDir
    private Path directory;

    private BrokerUnderTest broker;
    private int port;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        authority.write(directory, authority.issue("broker", "broker"));
        authority.writeList(directory.resolve("crl.pem"));
        Files.writeString(directory.resolve("broker.json"), """
                {"port": 0, "key": "key.pem", "chain": "chain.pem", "anchors": "anchors.pem", "crl": "crl.pem",
                 "limits": {"sessionMessages": 30, "consoleBytes": 65536, "gatewayBytesPerSecond": 20000}}
                """);
        broker = BrokerUnderTest.ours(directory);
        port = broker.awaitReady();
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    @Test
    void whoIsRevokedIsDisconnectedAndStaysOut() throws MqttException, IOException, InterruptedException {
        try (TestClient gateway = TestClient.connect(port, one, ONE);
                TestClient other = TestClient.connect(port, two, TWO)) {
            authority.revoke(oneHolder);
            authority.writeList(directory.resolve("crl.pem"));
            assertThat(gateway.isLost()).isTrue();
            // The context of the first connection: it would resume its TLS session if it could.
            assertThatThrownBy(() -> TestClient.connect(port, one, ONE)).isInstanceOf(MqttException.class);
            assertThat(other.isConnected()).isTrue();
        }
    }

    @Test
    void aListThatCannotBeReadChangesNothing() throws MqttException, IOException, InterruptedException {
        Files.writeString(directory.resolve("crl.pem"), "half a li");
        broker.awaitLine("CREDENTIALS");
        TestClient.connect(port, one, ONE).close();
    }

    @Test
    void aSessionWithTooMuchIsDiscardedAndTheGatewayLearnsIt() throws MqttException, InterruptedException {
        try (TestClient gateway = TestClient.resume(port, one, ONE)) {
            gateway.subscribe(EDC + ONE + "/#");
        }
        try (TestClient sending = TestClient.connect(port, console, CONSOLE)) {
            for (int i = 0; i < 40; i++) {
                sending.publish(EDC + ONE + "/X/PUT/" + i, "request " + i);
            }
            broker.awaitLine("SESSION_DISCARDED: " + ONE);
            await().untilAsserted(() -> {
                try (TestClient back = TestClient.resume(port, one, ONE)) {
                    assertThat(back.resumed()).isFalse();
                }
            });
        }
    }

    @Test
    void gatewaysWaitForAConsoleThatIsBehindAndNothingIsLost() throws MqttException, InterruptedException {
        try (TestClient reading = TestClient.resume(port, console, CONSOLE)) {
            reading.subscribe(EDC + "#");
        }
        String topic = EDC + "console/X/NOTIFY/" + ONE + "/a";
        int acknowledged = 0;
        byte[] body = new byte[10_000];
        try (TestClient gateway = TestClient.connect(port, one, ONE)) {
            while (acknowledged < 100 && gateway.tryPublish(topic, body, false)) {
                acknowledged++;
                if (acknowledged == 10) {
                    broker.awaitLine("CONSOLE_BEHIND");
                }
            }
            assertThat(gateway.isLost()).isTrue();
        }
        assertThat(acknowledged).isBetween(7, 10);
        try (TestClient reading = TestClient.resume(port, console, CONSOLE)) {
            broker.awaitLine("caught up");
            try (TestClient gateway = TestClient.connect(port, one, ONE)) {
                gateway.publish(topic, "last");
            }
            assertThat(reading.until("last")).hasSize(acknowledged + 1);
        }
    }

    @Test
    void aGatewayThatSendsMoreThanItsShareIsDisconnectedAndOthersGoOn() throws MqttException, InterruptedException {
        try (TestClient flooding = TestClient.connect(port, one, ONE);
                TestClient other = TestClient.connect(port, two, TWO)) {
            byte[] body = new byte[200_000];
            int taken = 0;
            while (taken < 100 && flooding.tryPublish(EDC + ONE + "/X/a", body, false)) {
                taken++;
            }
            assertThat(taken).isBetween(1, 20);
            assertThatThrownBy(() -> {
                        while (true) {
                            TestClient.connect(port, one, ONE).close();
                        }
                    })
                    .isInstanceOf(MqttException.class);
            other.publish(EDC + TWO + "/X/a", "still here");
        }
    }

    @Test
    void nothingIsRetained() throws MqttException, InterruptedException {
        try (TestClient gateway = TestClient.connect(port, one, ONE)) {
            assertThat(gateway.tryPublish(EDC + ONE + "/X/a", new byte[1], true))
                    .isFalse();
        }
        MqttConnectOptions options = TestClient.options(one, true);
        options.setWill(EDC + ONE + "/MQTT/LWT", new byte[1], 1, true);
        assertThatThrownBy(() -> TestClient.connect(port, ONE, options)).isInstanceOf(MqttException.class);
    }

    @Test
    void noUserNameOpensAnything() throws MqttException {
        MqttConnectOptions options = TestClient.options(one, true);
        options.setUserName("ACTIVEMQ.CLUSTER.ADMIN.USER");
        options.setPassword("CHANGE ME!!".toCharArray());
        assertThatThrownBy(() -> TestClient.connect(port, ONE, options)).isInstanceOf(MqttException.class);
        options.setUserName(CONSOLE);
        try (TestClient gateway = TestClient.connect(port, ONE, options)) {
            assertThat(gateway.trySubscribe("sekimori/#")).isFalse();
        }
    }

    @Test
    void aSecondConnectAsSomebodyElseHarmsNoSession() throws MqttException, IOException, InterruptedException {
        try (TestClient victim = TestClient.resume(port, two, TWO)) {
            victim.subscribe(EDC + TWO + "/#");
        }
        try (SSLSocket socket = (SSLSocket) one.getSocketFactory().createSocket("127.0.0.1", port)) {
            OutputStream out = socket.getOutputStream();
            InputStream in = socket.getInputStream();
            out.write(connect(ONE));
            assertThat(in.readNBytes(4)).containsExactly(0x20, 2, 0, 0);
            out.write(connect(TWO));
            assertThat(in.read()).isEqualTo(-1);
        }
        try (TestClient victim = TestClient.resume(port, two, TWO)) {
            assertThat(victim.resumed()).isTrue();
        }
    }

    /** A CONNECT packet with a clean session, MQTT 3.1.1 section 3.1. */
    private static byte[] connect(String id) {
        byte[] name = id.getBytes(StandardCharsets.US_ASCII);
        byte[] packet = new byte[14 + name.length];
        System.arraycopy(
                new byte[] {
                    0x10, (byte) (12 + name.length), 0, 4, 'M', 'Q', 'T', 'T', 4, 2, 0, 60, 0, (byte) name.length
                },
                0,
                packet,
                0,
                14);
        System.arraycopy(name, 0, packet, 14, name.length);
        return packet;
    }

    @Test
    void theWillOfWhoIsDisconnectedIsSent() throws MqttException, IOException, InterruptedException {
        try (TestClient reading = TestClient.connect(port, console, CONSOLE)) {
            reading.subscribe(EDC + "#");
            try (TestClient gateway =
                    TestClient.connect(port, one, ONE, true, Optional.of(new Will(EDC + ONE + "/MQTT/LWT", "gone")))) {
                authority.revoke(oneHolder);
                authority.writeList(directory.resolve("crl.pem"));
                assertThat(gateway.isLost()).isTrue();
            }
            assertThat(reading.until("gone")).extracting(Received::topic).containsExactly(EDC + ONE + "/MQTT/LWT");
        }
    }
}
