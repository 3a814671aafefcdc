package io.sekimori.connection.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sekimori.connection.Link.State;
import io.sekimori.identity.HttpProxy;
import io.sekimori.identity.kit.Tinyproxy;
import java.net.PasswordAuthentication;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A site that lets nobody out but its proxy. */
class ThroughProxyTest {

    @TempDir
    Path folder;

    private final Authority authority = new Authority();
    private Mosquitto broker;
    private MqttConnection connection;

    @BeforeEach
    void begin() throws Exception {
        broker = new Mosquitto(folder, authority).start();
    }

    @AfterEach
    void end() {
        if (connection != null) {
            connection.close();
        }
        broker.close();
    }

    @Test
    void theBrokerIsReachedThroughARealProxyByWhoKnowsItsPassword() throws Exception {
        try (Tinyproxy proxy = new Tinyproxy(folder, "gate", "open-sesame")) {
            Gateway gateway = new Gateway(authority, broker.address());
            gateway.proxy = Optional.of(proxy("gate", "wrong", proxy.port()));
            connect(gateway);
            awaitRefusal("the proxy refuses (status 40");

            gateway.proxy = Optional.of(proxy("gate", "open-sesame", proxy.port()));
            connection.enrolled(gateway.enrolled().orElseThrow());

            awaitState(State.CONNECTED);
            assertThat(proxy.log()).contains("CONNECT 127.0.0.1:" + broker.port());
        }
    }

    @Test
    void nothingIsAskedOfTheProxyButTheWay() throws Exception {
        try (SiteProxy proxy = new SiteProxy(SiteProxy.OPEN, broker.port())) {
            Gateway gateway = new Gateway(authority, broker.address());
            gateway.proxy = Optional.of(proxy("gate", "p\u00e4ss", proxy.port()));
            connect(gateway);
            awaitState(State.CONNECTED);

            String place = "127.0.0.1:" + broker.port();
            // base64 of gate:päss in UTF-8
            assertThat(proxy.heads)
                    .containsExactly("CONNECT " + place + " HTTP/1.1\r\nHost: " + place
                            + "\r\nProxy-Authorization: Basic Z2F0ZTpww6Rzcw==\r\n\r\n");
        }
    }

    @Test
    void aProxyThatLeadsToAnotherHostIsNotFollowed() throws Exception {
        try (SiteProxy proxy = new SiteProxy(SiteProxy.OPEN, broker.port())) {
            // The broker's certificate is good, and for another name; this machine cannot even look this one up.
            Gateway gateway = new Gateway(authority, URI.create("ssl://broker.invalid:8883"));
            gateway.proxy = Optional.of(proxy(proxy.port()));
            connect(gateway);

            awaitRefusal("No subject alternative DNS name matching broker.invalid");
        }
    }

    @Test
    void aProxyThatLeadsToAnImpostorIsNotFollowed() throws Exception {
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        try (Mosquitto impostor = new Mosquitto(elsewhere, new Authority()).start();
                SiteProxy proxy = new SiteProxy(SiteProxy.OPEN, impostor.port())) {
            Gateway gateway = new Gateway(authority, broker.address());
            gateway.proxy = Optional.of(proxy(proxy.port()));
            connect(gateway);

            awaitRefusal("PKIX");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 403 Forbidden\r\n\r\n",
                "HTTP/1.1 2\r\n\r\n",
                "SSH-2.0-OpenSSH\r\n\r\n",
                "HTTP/1.1 100 Continue\r\n\r\n"
            })
    void anAnswerThatIsNotYesIsNo(String answer) throws Exception {
        try (SiteProxy proxy = new SiteProxy(answer, broker.port())) {
            Gateway gateway = new Gateway(authority, broker.address());
            gateway.proxy = Optional.of(proxy(proxy.port()));
            connect(gateway);

            awaitRefusal("prox");
        }
    }

    @Test
    void anAnswerWithoutEndIsNotRead() throws Exception {
        try (SiteProxy proxy = new SiteProxy("HTTP/1.1 200 " + "x".repeat(10_000), broker.port())) {
            Gateway gateway = new Gateway(authority, broker.address());
            gateway.proxy = Optional.of(proxy(proxy.port()));
            connect(gateway);

            awaitRefusal("too long");
        }
    }

    private void connect(Gateway gateway) {
        connection = gateway.connection(folder.resolve("outbox"));
    }

    private void awaitState(State state) {
        await(state + " not " + connection.status())
                .atMost(Duration.ofSeconds(60))
                .until(() -> connection.status().state() == state);
    }

    private void awaitRefusal(String detail) {
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            assertThat(connection.status().state()).isEqualTo(State.WAITING);
            assertThat(connection.status().detail()).contains(detail);
        });
    }

    private static HttpProxy proxy(int port) {
        return new HttpProxy("127.0.0.1", port, Optional.empty());
    }

    private static HttpProxy proxy(String name, String password, int port) {
        return new HttpProxy("127.0.0.1", port, Optional.of(new PasswordAuthentication(name, password.toCharArray())));
    }
}
