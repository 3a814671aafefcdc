package io.sekimori.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sekimori.broker.testkit.BrokerUnderTest;
import io.sekimori.broker.testkit.TestAuthority;
import io.sekimori.broker.testkit.TestAuthority.Holder;
import io.sekimori.broker.testkit.TestClient;
import io.sekimori.trust.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The authority's issuing key was stolen and replaced: its gateways come in by name, and nobody whom a thief made. */
class KnownClientsTest {

    private static final String GATEWAY = "g-aaaaaaaaaaaa";

    private final TestAuthority former = new TestAuthority("Sekimori");
    private final TestAuthority next = former.next();
    private final Holder gateway = former.issue(GATEWAY, "gateway");

    @TempDir
    private Path directory;

    private BrokerUnderTest broker;
    private int port;

    @BeforeEach
    void aBrokerOfTheFormer() throws IOException, InterruptedException {
        former.write(directory, former.issue("broker", "broker"));
        former.writeList(directory.resolve("crl.pem"));
        Files.writeString(
                directory.resolve("broker.json"),
                "{\"port\": 0, \"key\": \"key.pem\", \"chain\": \"chain.pem\", \"anchors\": \"anchors.pem\","
                        + " \"crl\": \"crl.pem\"}");
        broker = BrokerUnderTest.ours(directory);
        port = broker.awaitReady();
    }

    @AfterEach
    void end() throws InterruptedException {
        broker.stop();
    }

    @Test
    void gatewaysStayByNameAndAThiefIsCutOff() throws Exception {
        TestClient thief = TestClient.connect(port, former.client(former.issue("console-1", "console")), "console-1");
        TestClient known = TestClient.connect(port, former.client(gateway), GATEWAY);

        replace(Sha256.hex(gateway.certificate().getEncoded()));

        assertThat(thief.isLost()).isTrue();
        assertThat(known.isConnected()).isTrue();
        known.close();
        try (TestClient again = TestClient.connect(port, next.client(gateway), GATEWAY);
                TestClient renewed = TestClient.connect(
                        port, next.client(next.issue("g-bbbbbbbbbbbb", "gateway")), "g-bbbbbbbbbbbb")) {
            assertThat(again.isConnected()).isTrue();
            assertThat(renewed.isConnected()).isTrue();
        }
        refused(former.issue("console-1", "console"), "console-1");
        refused(former.issue(GATEWAY, "gateway"), GATEWAY);
        refused(new TestAuthority("Sekimori").next().issue(GATEWAY, "gateway"), GATEWAY);
    }

    @Test
    void oneThatIsTakenFromTheListIsCutOff() throws Exception {
        replace(Sha256.hex(gateway.certificate().getEncoded()));
        TestClient known = TestClient.connect(port, next.client(gateway), GATEWAY);

        Files.writeString(directory.resolve("known.txt"), "");

        assertThat(known.isLost()).isTrue();
        refused(gateway, GATEWAY);
    }

    @Test
    void aListThatIsNoneLetsNobodyElseIn() throws Exception {
        Files.writeString(directory.resolve("known.txt"), "everybody\n");
        broker.awaitLine(".*CREDENTIALS.*");

        refused(new TestAuthority("other").issue(GATEWAY, "gateway"), GATEWAY);
    }

    /** In the order in which the console does. */
    private void replace(String known) throws IOException, InterruptedException, CertificateEncodingException {
        Files.writeString(directory.resolve("known.txt"), known + "\n");
        next.write(directory, next.issue("broker", "broker"));
        next.writeList(directory.resolve("crl.pem"));
        for (long start = System.nanoTime(); !isUp(); Thread.onSpinWait()) {
            assertThat(System.nanoTime() - start).isLessThan(20_000_000_000L);
        }
    }

    private boolean isUp() {
        String id = "g-cccccccccccc";
        try (TestClient probe = TestClient.connect(port, next.client(next.issue(id, "gateway")), id)) {
            return probe.isConnected();
        } catch (MqttException e) {
            return false;
        }
    }

    private void refused(Holder holder, String id) {
        assertThatThrownBy(() -> TestClient.connect(port, next.client(holder), id))
                .isInstanceOf(MqttException.class);
    }
}
