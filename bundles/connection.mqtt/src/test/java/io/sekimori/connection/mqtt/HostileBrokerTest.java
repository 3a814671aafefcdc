package io.sekimori.connection.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sekimori.connection.Link.State;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A broker with the right certificate and somebody else's mind. */
class HostileBrokerTest {

    private static final byte[] CONNACK = {0x20, 2, 0, 0};

    @TempDir
    Path folder;

    private final Authority authority = new Authority();
    private final AtomicInteger met = new AtomicInteger();
    private ServerSocket server;
    private volatile byte[] says = {};

    @BeforeEach
    void begin() throws Exception {
        SSLContext tls = authority.tls(authority.party("broker", "broker"));
        server = tls.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(this::accept, "test-hostile-broker");
        thread.setDaemon(true);
        thread.start();
    }

    @AfterEach
    void end() throws Exception {
        server.close();
    }

    /** Five bytes, for which the client alone would make 256 MiB of room: more than a gateway has. */
    @Test
    void aPacketThatClaimsToBeEndlessEndsTheConnectionAndNothingElse() {
        says = new byte[] {0x30, (byte) 0xFF, (byte) 0xFF, (byte) 0xFF, 0x7F};

        awaitRefusal("the broker sent a packet of 268435455 bytes");
    }

    @Test
    void aMessageThatIsToBeKeptUntilTheBrokerReleasesItEndsTheConnection() {
        says = new byte[] {0x34, 6, 0, 1, 'a', 0, 1, 'x'};

        awaitRefusal("nobody asked for");
    }

    private void awaitRefusal(String detail) {
        Gateway gateway = new Gateway(authority, URI.create("ssl://127.0.0.1:" + server.getLocalPort()));
        MqttConnection connection = gateway.connection(folder.resolve("outbox"));
        try {
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                assertThat(connection.status().state()).isEqualTo(State.WAITING);
                assertThat(connection.status().detail()).contains(detail);
            });
            int before = met.get();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> met.get() > before + 2); // for ever, it may be another again
        } finally {
            connection.close();
        }
    }

    private void accept() {
        while (!server.isClosed()) {
            try (Socket gateway = server.accept()) {
                gateway.getInputStream().read(new byte[1_000]); // its CONNECT
                met.incrementAndGet();
                gateway.getOutputStream().write(CONNACK);
                gateway.getOutputStream().write(says);
                gateway.getInputStream().transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                continue; // it hung up, or the test is over
            }
        }
    }
}
