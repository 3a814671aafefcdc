package io.sekimori.web.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sekimori.access.Role;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.SocketFactory;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HostileTest {

    private Site site;

    @BeforeEach
    void open() throws IOException {
        site = Site.with(new Things(), new SessionResource(), new PeopleResource());
    }

    @AfterEach
    void close() {
        site.close();
    }

    @Test
    void anOlderTlsIsRefused() throws IOException {
        try (SSLSocket socket = connect()) {
            socket.setEnabledProtocols(new String[] {"TLSv1.2"});

            assertThatExceptionOfType(SSLException.class).isThrownBy(socket::startHandshake);
        }
    }

    @Test
    void withoutTlsNothingIsSaid() throws IOException {
        try (Socket socket = new Socket("127.0.0.1", site.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream()
                    .write("GET /things/anyone HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));

            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
                    .doesNotContain("HTTP/1.1 200");
        }
    }

    @Test
    void noAddressLeavesItsPlace() throws IOException {
        for (String path : List.of(
                "/rest/../things/administer",
                "/rest/..%2fthings",
                "/rest/%2e%2e/things/administer",
                "/rest/..;/things",
                "/rest/%00",
                "/rest/a%0d%0aSet-Cookie:%20x=y",
                "/rest/%c0%ae%c0%ae/x",
                "/rest/a%5c..%5cb",
                "/rest//a",
                "/rest/%zz",
                "//things/anyone",
                "/things/./administer",
                "rest/a",
                "http://elsewhere/%2e%2e/")) {
            String answer = raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

            assertThat(answer).as(path).startsWith("HTTP/1.1 4").doesNotContain("\r\nSet-Cookie:");
        }
    }

    @Test
    void headersThatAreMalformedOrTooLargeAreAnsweredAsProblems() throws IOException {
        String large = raw("GET /things/anyone HTTP/1.1\r\nHost: localhost\r\nX: " + "a".repeat(20_000)
                + "\r\nConnection: close\r\n\r\n");
        assertThat(large).startsWith("HTTP/1.1 431").contains("HEADERS_REFUSED").contains("Content-Security-Policy");
        assertThat(raw("GET /things/anyone HTTP/1.1\r\nHost: localhost\r\nA\u0001b: c\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400");
        // Two lengths, or a length beside chunks, are how requests are smuggled past a front.
        assertThat(raw("PUT /store HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nContent-Length: 5\r\n\r\nabcde"))
                .startsWith("HTTP/1.1 400");
        assertThat(raw("PUT /store HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n"
                        + "Content-Type: application/octet-stream\r\n\r\n0\r\n\r\n"))
                .startsWith("HTTP/1.1 400");
        assertThat(raw("GET /things/anyone HTTP/1.1\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400");
    }

    @Test
    void noMoreIsReadThanAllowed() throws Exception {
        String declared = raw("PUT /store HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/octet-stream\r\n"
                + "Content-Length: 10001\r\nExpect: 100-continue\r\n\r\n");
        HttpResponse<String> chunked = site.send(site.to("/store")
                .header("Content-Type", "application/octet-stream")
                .PUT(BodyPublishers.ofInputStream(() -> new EndlessStream(50_000))));

        assertThat(declared).startsWith("HTTP/1.1 413").contains("BODY_TOO_LARGE");
        assertThat(chunked.statusCode()).isEqualTo(413);
        assertThat(chunked.body()).contains("BODY_TOO_LARGE");
        assertThat(site.send(site.to("/store")
                                .header("Content-Type", "application/octet-stream")
                                .PUT(BodyPublishers.ofByteArray(new byte[10_000])))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aBodyIsWhatTheRouteTakesOrRefused() throws Exception {
        assertProblem(415, "MEDIA_TYPE_UNSUPPORTED", post("text/plain", "{}"));
        assertProblem(415, "MEDIA_TYPE_UNSUPPORTED", post("application/x-www-form-urlencoded", "a=b"));
        assertProblem(400, "BODY_MALFORMED", post("application/json", "{\"a\":"));
        assertProblem(400, "BODY_MALFORMED", post("application/json", "{\"a\":1,\"a\":2}"));
        assertProblem(400, "BODY_MALFORMED", post("application/json", "[1]"));
        assertProblem(400, "BODY_MALFORMED", post("application/json", "{\"a\":" + "[".repeat(400)));
        assertProblem(413, "BODY_TOO_LARGE", post("application/json", "{\"a\":\"" + "x".repeat(1_000) + "\"}"));
        assertThat(site.send(post("application/json; charset=utf-8", "{}")).statusCode())
                .isEqualTo(200);
        assertProblem(400, "PARAMETER_INVALID", site.to("/things/anyone?x=1"));
        assertProblem(400, "PARAMETER_INVALID", site.to("/echo/1?q=1&q=2"));
    }

    @Test
    void anotherSiteCannotChangeAnything() throws Exception {
        String cookie = Credentials.COOKIE + "=" + site.signedIn(Role.ADMINISTRATOR);

        assertProblem(403, "ORIGIN_REFUSED", change(cookie));
        assertProblem(
                403,
                "ORIGIN_REFUSED",
                change(cookie).header("X-Sekimori", "1").header("Origin", "https://evil.example"));
        assertProblem(
                403, "ORIGIN_REFUSED", change(cookie).header("X-Sekimori", "1").header("Origin", "null"));
        assertProblem(
                403, "ORIGIN_REFUSED", change(cookie).header("X-Sekimori", "1").header("Sec-Fetch-Site", "cross-site"));
        assertThat(site.send(change(cookie)
                                .header("X-Sekimori", "1")
                                .header("Origin", "https://localhost:" + site.port())
                                .header("Sec-Fetch-Site", "same-origin"))
                        .statusCode())
                .isEqualTo(200);
        assertProblem(
                403,
                "ORIGIN_REFUSED",
                site.to("/v1/session")
                        .header("Content-Type", "application/json")
                        .header("Origin", "https://evil.example")
                        .POST(BodyPublishers.ofString("{\"name\":\"alice\",\"password\":\"three brown foxes\"}")));
    }

    @Test
    void aSessionCannotBeFixedForSomebodyElse() throws Exception {
        String planted = Credentials.COOKIE + "=" + "A".repeat(43);

        HttpResponse<String> in = signIn("three brown foxes", planted);

        String given = in.headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(given)
                .startsWith("__Host-sekimori=")
                .doesNotContain("A".repeat(43))
                .contains("; Path=/", "; Secure", "; HttpOnly", "; SameSite=Strict")
                .doesNotContain("Domain");
        String cookie = given.split(";")[0];
        assertThat(in.body()).doesNotContain(cookie.substring(cookie.indexOf('=') + 1));
        assertProblem(401, "SESSION_REQUIRED", site.to("/things/view").header("Cookie", planted));
        assertProblem(401, "SESSION_REQUIRED", site.to("/things/view").header("Cookie", cookie + "; " + planted));
        assertThat(site.send(site.to("/things/view").header("Cookie", "other=1; " + cookie))
                        .statusCode())
                .isEqualTo(200);

        HttpResponse<String> out = site.send(site.to("/v1/session")
                .header("Cookie", cookie)
                .header("X-Sekimori", "1")
                .DELETE());
        assertThat(out.statusCode()).isEqualTo(204);
        assertProblem(401, "SESSION_REQUIRED", site.to("/things/view").header("Cookie", cookie));
    }

    @Test
    void aRefusedSignInSaysNoMoreThanItMust() throws Exception {
        assertThat(signIn("wrong", "").statusCode()).isEqualTo(401);
        HttpResponse<String> slow = site.send(site.to("/v1/session")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"name\":\"slow\",\"password\":\"x\"}")));
        assertThat(slow.statusCode()).isEqualTo(429);
        assertThat(slow.headers().firstValue("Retry-After")).contains("2");
        assertThat(slow.body()).contains("SIGN_IN_DELAYED");
        assertProblem(
                400,
                "BODY_INVALID",
                site.to("/v1/session")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(
                                "{\"name\":\"alice\",\"password\":\"x\",\"role\":\"ADMINISTRATOR\"}")));
    }

    @Test
    void aFailureTellsNothingOfItsInside() throws Exception {
        HttpResponse<String> answer = site.send(site.to("/fails"));

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).contains("FAILED").doesNotContain("secret");
    }

    @Test
    void aConnectionThatOnlyDripsIsClosed() throws IOException {
        try (Site impatient = Site.with(
                        new Settings(
                                "127.0.0.1",
                                0,
                                50,
                                50,
                                Duration.ofSeconds(30),
                                Duration.ofMillis(500),
                                0,
                                Duration.ZERO),
                        new Things());
                Socket socket = Papers.withoutTrusting(Site.server())
                        .getSocketFactory()
                        .createSocket("localhost", impatient.port())) {
            socket.setSoTimeout(20_000);
            socket.getOutputStream().write("GET /things/anyone HTTP/1.1\r\nHost: ".getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();

            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    @Test
    void moreSlowSendersThanThereAreThreadsKeepOutNobody() throws Exception {
        SocketFactory sockets = Papers.withoutTrusting(Site.server()).getSocketFactory();
        byte[] begun =
                "POST /things/anyone HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{"
                        .getBytes(StandardCharsets.US_ASCII);
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 70; i++) {
                Socket socket = sockets.createSocket("localhost", site.port());
                slow.add(socket);
                socket.getOutputStream().write(begun);
                socket.getOutputStream().flush();
            }

            assertThat(site.send(site.to("/things/anyone")).statusCode()).isEqualTo(200);
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    private HttpRequest.Builder change(String cookie) {
        return site.to("/things/administer")
                .header("Cookie", cookie)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{}"));
    }

    private HttpRequest.Builder post(String type, String body) {
        return site.to("/things/anyone").header("Content-Type", type).POST(BodyPublishers.ofString(body));
    }

    private HttpResponse<String> signIn(String password, String cookie) throws Exception {
        HttpRequest.Builder request = site.to("/v1/session")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"name\":\"alice\",\"password\":\"" + password + "\"}"));
        return site.send(cookie.isEmpty() ? request : request.header("Cookie", cookie));
    }

    private void assertProblem(int status, String code, HttpRequest.Builder request) throws Exception {
        HttpResponse<String> answer = site.send(request);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.body()).contains("\"code\" : \"" + code + "\"", "\"advice\" : \"");
    }

    private SSLSocket connect() throws IOException {
        SSLSocket socket = (SSLSocket)
                Papers.withoutTrusting(Site.server()).getSocketFactory().createSocket("localhost", site.port());
        socket.setSoTimeout(20_000);
        return socket;
    }

    private String raw(String request) throws IOException {
        try (SSLSocket socket = connect()) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** So many zeros, of which nobody is told beforehand. */
    private static final class EndlessStream extends InputStream {

        private int left;

        EndlessStream(int bytes) {
            left = bytes;
        }

        @Override
        public int read() {
            return left-- > 0 ? 0 : -1;
        }
    }
}
