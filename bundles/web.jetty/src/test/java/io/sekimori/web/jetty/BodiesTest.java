package io.sekimori.web.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sekimori.access.Role;
import io.sekimori.web.Accepts;
import io.sekimori.web.Permission;
import io.sekimori.web.Request;
import io.sekimori.web.Resource;
import io.sekimori.web.Response;
import io.sekimori.web.Route;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who has a gateway's key may not fill the console's memory with what they begin to send. */
class BodiesTest {

    private static final int LARGE = Bodies.LARGE_BYTES + 10_000;
    private static final String WHOLE = "{\"a\":\"" + "x".repeat(LARGE) + "\"}";

    private final List<SSLSocket> open = new ArrayList<>();
    private Site site;

    @BeforeEach
    void open() throws IOException {
        site = Site.with(new Things(), new Reports());
    }

    @AfterEach
    void close() throws IOException {
        for (SSLSocket each : open) {
            each.close();
        }
        site.close();
    }

    @Test
    void aGatewayBringsOneLargeBodyAtATime() throws Exception {
        SSLSocket first = begin(WHOLE, LARGE);

        await().until(() -> large(Site.GATEWAY).statusCode() == 429);
        HttpResponse<String> refused = large(Site.GATEWAY);
        assertThat(refused.body()).contains("SERVER_BUSY", "\"advice\" : \"");
        assertThat(refused.headers().firstValue("Retry-After")).contains("5");
        assertThat(small().statusCode()).isEqualTo(200);
        assertThat(site.send(site.to("/reports/person", site.signedIn(Role.OPERATOR))
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(WHOLE)))
                        .statusCode())
                .isEqualTo(200);

        first.getOutputStream().write(WHOLE.substring(LARGE).getBytes(StandardCharsets.US_ASCII));
        first.getOutputStream().flush();
        assertThat(new String(first.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                .isEqualTo("HTTP/1.1 200");
        await().until(() -> large(Site.GATEWAY).statusCode() == 200);
    }

    @Test
    void aGatewayBringsFewBodiesAtATimeAndWhoGoesMakesRoom() throws Exception {
        for (int i = 0; i < Bodies.MOST_OF_A_GATEWAY; i++) {
            begin("{\"a\":1}", 3);
        }

        await().until(() -> small().statusCode() == 429);
        assertThat(site.send(site.to("/things/anyone")
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString("{}")))
                        .statusCode())
                .isEqualTo(200);

        open.get(0).close();
        await().until(() -> small().statusCode() == 200);
    }

    @Test
    void aLargeBodyThatBreaksOffMakesRoom() throws Exception {
        SSLSocket first = begin(WHOLE, LARGE);
        await().until(() -> large(Site.GATEWAY).statusCode() == 429);

        first.close();

        await().until(() -> large(Site.GATEWAY).statusCode() == 200);
    }

    @Test
    void whoFailsMakesRoom() throws Exception {
        for (int i = 0; i < 3 * Bodies.MOST_OF_A_GATEWAY; i++) {
            assertThat(site.send(
                                    Site.GATEWAY,
                                    site.to("/reports/fails")
                                            .header("Content-Type", "application/json")
                                            .POST(BodyPublishers.ofString(WHOLE)))
                            .statusCode())
                    .isEqualTo(500);
        }
    }

    /** More than 2 MiB is read as it comes, unless it is JSON, as the draft of a rollout. */
    @Test
    void jsonIsCountedHoweverMuchOfItIsAllowed() throws Exception {
        String token = site.signedIn(Role.OPERATOR);
        begin("/reports/draft", "Authorization: Bearer " + token + "\r\n", WHOLE, LARGE);

        await().until(() -> site.send(site.to("/reports/draft", token)
                                .header("Content-Type", "application/json")
                                .POST(BodyPublishers.ofString(WHOLE)))
                        .statusCode()
                == 429);
    }

    @Test
    void allTogetherBringSoManyLargeOnes() throws Exception {
        Bodies bodies = new Bodies();
        List<Bodies.Place> places = new ArrayList<>();
        for (int i = 0; i < Bodies.MOST_LARGE; i++) {
            Bodies.Place place = bodies.enter(gateway(i));
            assertThat(place.mayGrow(LARGE)).isTrue();
            assertThat(place.mayGrow(LARGE + 1)).isTrue();
            places.add(place);
        }

        Bodies.Place late = bodies.enter(gateway(Bodies.MOST_LARGE));
        assertThat(late.mayGrow(Bodies.LARGE_BYTES)).isTrue();
        assertThat(late.mayGrow(LARGE)).isFalse();
        late.leave();
        places.get(0).leave();
        places.get(0).leave();
        assertThat(bodies.enter(gateway(100)).mayGrow(LARGE)).isTrue();
        assertThat(bodies.enter(gateway(101)).mayGrow(LARGE)).isFalse();
    }

    private static io.sekimori.web.Caller gateway(int number) {
        return new io.sekimori.web.Caller.Gateway("g-" + number);
    }

    private SSLSocket begin(String body, int bytes) throws IOException {
        return begin("/reports/gateway", "", body, bytes);
    }

    private SSLSocket begin(String path, String headers, String body, int bytes) throws IOException {
        SSLSocket socket = (SSLSocket)
                Site.GATEWAY.trusting(Site.server()).getSocketFactory().createSocket("localhost", site.port());
        open.add(socket);
        socket.setSoTimeout(20_000);
        String begun = "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" + headers
                + "Content-Length: " + body.length() + "\r\n\r\n" + body.substring(0, bytes);
        socket.getOutputStream().write(begun.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
        return socket;
    }

    private HttpResponse<String> large(Papers papers) throws IOException, InterruptedException {
        return post(papers, WHOLE);
    }

    private HttpResponse<String> small() throws IOException, InterruptedException {
        return post(Site.GATEWAY, "{}");
    }

    private HttpResponse<String> post(Papers papers, String body) throws IOException, InterruptedException {
        return site.send(
                papers,
                site.to("/reports/gateway")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body)));
    }

    /** Takes bodies as long as a report may be. */
    private static final class Reports implements Resource {

        @Override
        public List<Route> routes() {
            Accepts upToAMiB = Accepts.json(1 << 20);
            return List.of(
                    Route.of("report", Route.Method.POST, "/reports/gateway", Permission.GATEWAY, "Takes")
                            .accepting(upToAMiB),
                    Route.of("fails", Route.Method.POST, "/reports/fails", Permission.GATEWAY, "Fails")
                            .accepting(upToAMiB),
                    Route.of("draft", Route.Method.POST, "/reports/draft", Permission.OPERATE, "Takes")
                            .accepting(Accepts.json(4 << 20)),
                    Route.of("person", Route.Method.POST, "/reports/person", Permission.OPERATE, "Takes")
                            .accepting(upToAMiB));
        }

        @Override
        public Response handle(Request request) {
            if (request.route().name().equals("fails")) {
                throw new IllegalStateException("as the test wants it");
            }
            return Response.json(Map.of("members", (long) request.json().asMap().size()));
        }
    }
}
