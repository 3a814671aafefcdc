package io.sekimori.web.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The port, or what holds on it, is set while it is open. */
class MovedPortTest {

    @Test
    void anotherPortIsOpenedAndTheOneOfBeforeClosed() throws Exception {
        try (Site site = Site.with(new Things())) {
            int before = site.port();
            int next = free();

            site.web().move(on("127.0.0.1", next));

            assertThat(site.port()).isEqualTo(next);
            assertThat(answer(site)).isEqualTo(200);
            assertThatThrownBy(() -> connect(before)).isInstanceOf(IOException.class);
        }
    }

    @Test
    void theSamePortTakesOtherLimits() throws Exception {
        int port = free();
        try (Site site = Site.with(on("127.0.0.1", port), new Things())) {
            site.web()
                    .move(new Settings(
                            "127.0.0.1",
                            port,
                            100,
                            50,
                            Duration.ofSeconds(9),
                            Duration.ofSeconds(9),
                            0,
                            Duration.ZERO));

            assertThat(site.port()).isEqualTo(port);
            assertThat(answer(site)).isEqualTo(200);
        }
    }

    @Test
    void aPortThatIsTakenLeavesTheOneOfBeforeOpen() throws Exception {
        try (Site site = Site.with(new Things());
                ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int before = site.port();

            assertThatThrownBy(() -> site.web().move(on("127.0.0.1", other.getLocalPort())))
                    .isInstanceOf(IOException.class);

            assertThat(site.port()).isEqualTo(before);
            assertThat(answer(site)).isEqualTo(200);
        }
    }

    @Test
    void anAddressThatIsNoneLeavesThePortOpen() throws Exception {
        int port = free();
        try (Site site = Site.with(on("127.0.0.1", port), new Things())) {
            assertThatThrownBy(() -> site.web().move(on("nowhere.invalid", port)));

            assertThat(site.port()).isEqualTo(port);
            assertThat(answer(site)).isEqualTo(200);
        }
    }

    private static int answer(Site site) throws Exception {
        return site.send(site.to("/echo/here")).statusCode();
    }

    private static void connect(int port) throws IOException {
        new Socket(InetAddress.getLoopbackAddress(), port).close();
    }

    private static int free() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Settings on(String host, int port) {
        return new Settings(host, port, 200, 200, Duration.ofSeconds(20), Duration.ofSeconds(20), 0, Duration.ZERO);
    }
}
