package io.sekimori.web.jetty;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.web.Accepts;
import io.sekimori.web.Permission;
import io.sekimori.web.Problem;
import io.sekimori.web.Request;
import io.sekimori.web.Resource;
import io.sekimori.web.Response;
import io.sekimori.web.Route;
import io.sekimori.web.WebCode;
import io.sekimori.web.WebException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

class BrokenBodyTest {

    private static final Settings USUAL =
            new Settings("127.0.0.1", 0, 50, 50, Duration.ofSeconds(20), Duration.ofSeconds(20), 0, Duration.ZERO);
    private static final Settings IMPATIENT =
            new Settings("127.0.0.1", 0, 50, 50, Duration.ofMillis(500), Duration.ofSeconds(20), 0, Duration.ZERO);

    /** Nobody is idle for it, but everybody too slow. */
    private static final Settings BRISK = new Settings(
            "127.0.0.1", 0, 50, 50, Duration.ofHours(1), Duration.ofSeconds(20), 1_000_000, Duration.ofMillis(100));

    private static final String GATHERED = "POST /things/anyone HTTP/1.1\r\nHost: localhost\r\nContent-Type:"
            + " application/json\r\nContent-Length: 50\r\n\r\n{";
    private static final String CHUNKED = "POST /things/anyone HTTP/1.1\r\nHost: localhost\r\nContent-Type:"
            + " application/json\r\nTransfer-Encoding: chunked\r\n\r\nno number\r\n{";

    /** So long that it is not gathered before somebody reads it. */
    private static final String STREAMED = " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/octet-stream\r\n"
            + "Content-Length: 3000000\r\n\r\nbegun";

    @Test
    void aBodyThatEndsEarlyIsMalformedAndNoErrorOfOurs() throws IOException {
        for (String request : List.of(GATHERED, CHUNKED, "PUT /long" + STREAMED, "PUT /hidden" + STREAMED)) {
            try (Site site = Site.with(USUAL, new Things(), new Long())) {
                String answer = answer(site, request, true);

                assertThat(answer).as(request).startsWith("HTTP/1.1 400").contains("BODY_MALFORMED");
                assertNothingLoudIsLogged(site);
            }
        }
    }

    @Test
    void aBodyThatDoesNotComeInTimeIsMalformedAndNoErrorOfOurs() throws IOException {
        for (String request : List.of(GATHERED, "PUT /long" + STREAMED)) {
            try (Site site = Site.with(IMPATIENT, new Things(), new Long())) {
                String answer = answer(site, request, false);

                assertThat(answer).as(request).startsWith("HTTP/1.1 400").contains("BODY_MALFORMED");
                assertNothingLoudIsLogged(site);
            }
        }
    }

    @Test
    void aBodyThatComesTooSlowlyIsMalformedAndNoErrorOfOurs() throws IOException {
        for (String request : List.of(GATHERED, "PUT /long" + STREAMED, "PUT /hidden" + STREAMED)) {
            try (Site site = Site.with(BRISK, new Things(), new Long())) {
                String answer = answer(site, request, false);

                assertThat(answer).as(request).startsWith("HTTP/1.1 400").contains("BODY_MALFORMED");
                assertNothingLoudIsLogged(site);
            }
        }
    }

    @Test
    void whatStrangersMakeFailIsNoErrorButAWarningNowAndThen() throws Exception {
        try (Site site = Site.with(USUAL, new Things())) {
            for (int i = 0; i < 20; i++) {
                assertThat(site.send(site.to("/fails")).statusCode()).isEqualTo(500);
            }

            assertThat(site.logged()).noneMatch(line -> line.startsWith("error"));
            assertThat(site.logged().stream().filter(line -> line.startsWith("warn")))
                    .hasSize(1);
        }
    }

    private static void assertNothingLoudIsLogged(Site site) {
        assertThat(site.logged())
                .noneMatch(line -> line.startsWith("error") || line.startsWith("warn"))
                .anyMatch(line -> line.startsWith("debug"));
    }

    private static String answer(Site site, String request, boolean end) throws IOException {
        try (SSLSocket socket = (SSLSocket)
                Papers.withoutTrusting(Site.server()).getSocketFactory().createSocket("localhost", site.port())) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            if (end) {
                socket.shutdownOutput();
            }
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Reads a long body; at one address it makes something of its own of what happens. */
    private static final class Long implements Resource {

        @Override
        public List<Route> routes() {
            Accepts stream = Accepts.stream("application/octet-stream", 4 << 20);
            return List.of(
                    Route.of("long", Route.Method.PUT, "/long", Permission.ANYONE, "Reads")
                            .accepting(stream),
                    Route.of("hidden", Route.Method.PUT, "/hidden", Permission.ANYONE, "Reads")
                            .accepting(stream));
        }

        @Override
        public Response handle(Request request) throws WebException, IOException {
            try {
                return Response.json(java.util.Map.of("bytes", (long) request.bytes().length));
            } catch (IOException e) {
                if (request.route().name().equals("hidden")) {
                    throw new WebException(new Problem(507, WebCode.FAILED, "it was not kept"), e);
                }
                throw e;
            }
        }
    }
}
