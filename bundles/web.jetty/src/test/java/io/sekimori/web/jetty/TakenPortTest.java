package io.sekimori.web.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.apache.felix.hc.api.Result;
import org.junit.jupiter.api.Test;

/** Another program has the port. */
class TakenPortTest {

    private static final long PATIENCE_NANOS = Duration.ofSeconds(60).toNanos();

    @Test
    void theHealthSaysSoAndThePortIsOpenedOnceItIsFree() throws Exception {
        ServerSocket other = taken();
        try (Site site = Site.with(on(other.getLocalPort()), new Things())) {
            assertThat(site.web().execute().getStatus()).isEqualTo(Result.Status.WARN);
            assertThat(site.web().execute().toString()).contains("not open");

            other.close();

            await(site, other.getLocalPort());
            assertThat(site.web().execute().toString()).doesNotContain("not open");
        } finally {
            other.close();
        }
    }

    @Test
    void whoStopsWhileItIsTakenTriesNoMore() throws Exception {
        ServerSocket other = taken();
        try {
            Site site = Site.with(on(other.getLocalPort()));
            site.close();
            other.close();

            site.web().open();

            assertThat(site.web().port()).isZero();
        } finally {
            other.close();
        }
    }

    private static ServerSocket taken() throws IOException {
        return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    private static void await(Site site, int port) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (site.web().port() != port) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private static Settings on(int port) {
        return new Settings(
                "127.0.0.1", port, 200, 200, Duration.ofSeconds(20), Duration.ofSeconds(20), 0, Duration.ZERO);
    }
}
