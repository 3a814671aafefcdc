package io.sekimori.web.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

/** Answers that are given before the caller has sent everything. */
class LingeringTest {

    private static final int MANY = 1 << 20;

    /** Ten times what is thrown away. */
    private static final long MOST_SENT = 160 << 20;

    private static final String TOO_LONG =
            "PUT /store HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/octet-stream\r\n"
                    + "Content-Length: 2000000000\r\n\r\n";

    @Test
    void whoSendsOnHearsTheAnswerAllTheSame() throws Exception {
        try (Site site = Site.with(new Things())) {
            for (BodyPublisher body : List.of(declared(), chunked())) {
                assertHeard(site, "/store", "application/octet-stream", body, 413, "BODY_TOO_LARGE");
                assertHeard(site, "/store", "text/plain", body, body.contentLength() < 0 ? 415 : 413, "");
                assertHeard(site, "/things/anyone", "application/json", body, 413, "BODY_TOO_LARGE");
                assertHeard(site, "/things/view", "application/json", body, 401, "SESSION_REQUIRED");
                assertHeard(site, "/nowhere", "application/json", body, 404, "NOT_FOUND");
                assertHeard(site, "/file", "application/json", body, 405, "METHOD_NOT_ALLOWED");
            }
        }
    }

    @Test
    void whoAsksBeforeSendingIsAnsweredAndNotWaitedFor() throws Exception {
        try (Site site = Site.with(new Things());
                SSLSocket socket = connect(site)) {
            send(socket, TOO_LONG.replace("\r\n\r\n", "\r\nExpect: 100-continue\r\n\r\n"));
            long began = System.nanoTime();

            String answer = rest(socket);

            assertThat(answer).startsWith("HTTP/1.1 413").contains("BODY_TOO_LARGE", "Connection: close");
            assertThat(since(began)).isLessThan(Duration.ofSeconds(10));
        }
    }

    @Test
    void whoWasGivenLeaveToSendHearsTheAnswer() throws Exception {
        try (Site site = Site.with(new Things());
                SSLSocket socket = connect(site)) {
            send(
                    socket,
                    "POST /things/anyone HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                            + "Transfer-Encoding: chunked\r\nExpect: 100-continue\r\n\r\n");
            assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                    .isEqualTo("HTTP/1.1 100");

            send(socket, ("8000\r\n" + "x".repeat(0x8000) + "\r\n").repeat(20) + "0\r\n\r\n");

            assertThat(rest(socket)).contains("HTTP/1.1 413", "BODY_TOO_LARGE");
        }
    }

    /** More of them than there are threads: none is held, and each is closed in its time. */
    @Test
    void whoOnlyDripsAfterTheAnswerHoldsNoThreadAndIsClosed() throws Exception {
        ScheduledExecutorService drip = Executors.newScheduledThreadPool(2);
        List<SSLSocket> slow = new ArrayList<>();
        try (Site site = Site.with(within(Duration.ofSeconds(2)), new Things())) {
            for (int i = 0; i < 70; i++) {
                SSLSocket socket = connect(site);
                slow.add(socket);
                send(socket, TOO_LONG);
                assertThat(new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                        .isEqualTo("HTTP/1.1 413");
                drip.scheduleWithFixedDelay(() -> sendUnlessClosed(socket), 100, 100, TimeUnit.MILLISECONDS);
            }
            assertThat(site.send(site.to("/things/anyone")).statusCode()).isEqualTo(200);
            long began = System.nanoTime();

            slow.forEach(LingeringTest::rest);

            assertThat(since(began)).isLessThan(Duration.ofSeconds(15));
        } finally {
            drip.shutdownNow();
            for (SSLSocket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void whoSendsWithoutEndIsCutOff() throws Exception {
        try (Site site = Site.with(within(Duration.ofMinutes(5)), new Things());
                SSLSocket socket = connect(site)) {
            send(socket, TOO_LONG);
            long sent = 0;
            byte[] more = new byte[1 << 16];
            try {
                OutputStream out = socket.getOutputStream();
                while (sent < MOST_SENT) {
                    out.write(more);
                    sent += more.length;
                }
            } catch (IOException e) {
                assertThat(sent).isGreaterThan(MANY);
                return;
            }
            throw new AssertionError("all was read: " + sent);
        }
    }

    private static Settings within(Duration time) {
        return new Settings("127.0.0.1", 0, 200, 200, Duration.ofMinutes(5), time, 0, Duration.ZERO);
    }

    private static BodyPublisher declared() {
        return BodyPublishers.ofByteArray(new byte[MANY]);
    }

    private static BodyPublisher chunked() {
        return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[MANY]));
    }

    private static void assertHeard(Site site, String path, String type, BodyPublisher body, int status, String code)
            throws Exception {
        String method = path.equals("/store") ? "PUT" : "POST";
        HttpRequest.Builder request = site.to(path).header("Content-Type", type).method(method, body);

        HttpResponse<String> answer = site.send(request);

        assertThat(answer.statusCode())
                .as(path + " " + type + " " + body.contentLength())
                .isEqualTo(status);
        assertThat(answer.body()).contains(code);
    }

    private static SSLSocket connect(Site site) throws IOException {
        SSLSocket socket = (SSLSocket)
                Papers.withoutTrusting(Site.server()).getSocketFactory().createSocket("localhost", site.port());
        socket.setSoTimeout(60_000);
        return socket;
    }

    private static void send(SSLSocket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    private static void sendUnlessClosed(SSLSocket socket) {
        try {
            send(socket, "x");
        } catch (IOException e) {
            throw new IllegalStateException(e); // which ends the dripping
        }
    }

    /** What came until the connection ended, in whatever way. */
    private static String rest(SSLSocket socket) {
        ByteArrayOutputStream heard = new ByteArrayOutputStream();
        try {
            for (int octet = socket.getInputStream().read();
                    octet >= 0;
                    octet = socket.getInputStream().read()) {
                heard.write(octet);
            }
        } catch (IOException e) {
            // closed while bytes were on their way
        }
        return heard.toString(StandardCharsets.UTF_8);
    }

    private static Duration since(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos);
    }
}
