package io.sekimori.web.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sekimori.access.Role;
import io.sekimori.web.EventSink;
import io.sekimori.web.Resource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServingTest {

    @TempDir
    private Path folder;

    @Test
    void aFileIsSentWholeOrInPartsOrNotAgain() throws Exception {
        byte[] content = new byte[300_000];
        for (int i = 0; i < content.length; i++) {
            content[i] = (byte) (i * 31);
        }
        Path file = Files.write(folder.resolve("file"), content);
        try (Site site = Site.with(new Things(file, (sink, last) -> () -> {}))) {
            assertThat(get(site, site.to("/file")).body()).isEqualTo(content);

            HttpResponse<byte[]> part = get(site, site.to("/file").header("Range", "bytes=100000-"));
            assertThat(part.statusCode()).isEqualTo(206);
            assertThat(part.headers().firstValue("Content-Range")).contains("bytes 100000-299999/300000");
            assertThat(part.body()).isEqualTo(java.util.Arrays.copyOfRange(content, 100_000, 300_000));
            assertThat(get(site, site.to("/file").header("Range", "bytes=5-9")).body())
                    .isEqualTo(java.util.Arrays.copyOfRange(content, 5, 10));
            assertThat(get(site, site.to("/file").header("Range", "bytes=-7")).body())
                    .isEqualTo(java.util.Arrays.copyOfRange(content, 299_993, 300_000));
            assertThat(get(site, site.to("/file").header("Range", "bytes=300000-"))
                            .statusCode())
                    .isEqualTo(416);
            assertThat(get(site, site.to("/file").header("Range", "bytes=5-9").header("If-Range", "\"v0\""))
                            .statusCode())
                    .isEqualTo(200);
            assertThat(get(site, site.to("/file").header("If-None-Match", "\"v1\""))
                            .statusCode())
                    .isEqualTo(304);
            HttpResponse<byte[]> head = get(site, site.to("/file").method("HEAD", BodyPublishers.noBody()));
            assertThat(head.headers().firstValue("Content-Length")).contains("300000");
            Files.delete(file);
            assertThat(get(site, site.to("/file")).statusCode()).isEqualTo(404);
        }
    }

    @Test
    void anAnswerThatBreaksOffIsNotTakenForWhole() throws IOException {
        try (Site site = Site.with(new Things())) {
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> get(site, site.to("/broken")));
        }
    }

    @Test
    void advicesAreInTheLanguageOfTheCaller() throws Exception {
        try (Site site = Site.with(new Things())) {
            HttpResponse<String> answer =
                    site.send(site.to("/nothing").header("Accept-Language", "fr;q=0.5, ja-JP;q=0.4, de;q=0.1"));

            assertThat(answer.body()).contains("このアドレスには何もありません");
            assertThat(site.send(site.to("/nothing").header("Accept-Language", "fr"))
                            .body())
                    .contains("There is nothing at this address");
        }
    }

    @Test
    void everyAnswerHasTheHeadersThatProtectABrowser() throws Exception {
        try (Site site = Site.with(new Things())) {
            for (String path : List.of("/things/anyone", "/nothing", "/fails", "/things/view")) {
                HttpResponse<String> answer = site.send(site.to(path));
                assertThat(answer.headers()
                                .firstValue("Content-Security-Policy")
                                .orElse(""))
                        .contains("default-src 'none'")
                        .doesNotContain("unsafe");
                assertThat(answer.headers().firstValue("X-Content-Type-Options"))
                        .contains("nosniff");
                assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
                assertThat(answer.headers().firstValue("Server")).isEmpty();
            }
        }
    }

    @Test
    void aChangeNamesTheVersionItChanges() throws Exception {
        try (Site site = Site.with(new Things())) {
            HttpRequest.Builder edit =
                    site.to("/edit").header("Content-Type", "application/json").PUT(BodyPublishers.ofString("{}"));

            assertThat(site.send(edit.copy()).statusCode()).isEqualTo(428);
            HttpResponse<String> done = site.send(edit.copy().header("If-Match", "\"7\""));
            assertThat(done.headers().firstValue("ETag")).contains("\"8\"");
        }
    }

    @Test
    void eventsArriveAsTheyHappenAndGoOnAfterTheLastOneSeen() throws Exception {
        BlockingQueue<EventSink> sinks = new LinkedBlockingQueue<>();
        BlockingQueue<String> lastSeen = new LinkedBlockingQueue<>();
        CountDownLatch gone = new CountDownLatch(1);
        Things things = new Things(folder, (sink, last) -> {
            lastSeen.add(last.orElse("none"));
            sinks.add(sink);
            return gone::countDown;
        });
        try (Site site = Site.with(things)) {
            HttpResponse<InputStream> answer = site.client()
                    .send(site.to("/events").header("Last-Event-ID", "41").build(), BodyHandlers.ofInputStream());
            EventSink sink = sinks.poll(20, TimeUnit.SECONDS);

            assertThat(sink.send("42", "thing.changed", Map.of("a", 1L))).isTrue();

            BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
            assertThat(answer.headers().firstValue("Content-Type")).contains("text/event-stream");
            assertThat(lastSeen.poll()).isEqualTo("41");
            assertThat(next(lines)).isEqualTo("id: 42");
            assertThat(next(lines)).isEqualTo("event: thing.changed");
            answer.body().close();
            while (sink.send("", "more", Map.of("a", "x".repeat(10_000)))) {
                Thread.onSpinWait();
            }
            assertThat(gone.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void whoLosesTheRightToListenHearsNoMore() throws Exception {
        BlockingQueue<EventSink> sinks = new LinkedBlockingQueue<>();
        CountDownLatch gone = new CountDownLatch(1);
        Things things = new Things(folder, (sink, last) -> {
            sinks.add(sink);
            return gone::countDown;
        });
        try (Site site = Site.with(things)) {
            String token = site.signedIn(Role.ADMINISTRATOR);
            site.client().sendAsync(site.to("/secrets/events", token).build(), BodyHandlers.ofInputStream());
            EventSink sink = sinks.poll(20, TimeUnit.SECONDS);
            site.web().lookAtListeners();
            assertThat(sink.send("", "heard", Map.of())).isTrue();

            site.change(token, Role.VIEWER);
            site.web().lookAtListeners();

            assertThat(gone.await(20, TimeUnit.SECONDS)).isTrue();
            assertThat(sink.send("", "not heard", Map.of())).isFalse();
        }
    }

    @Test
    void onePersonDoesNotTakeAllEventStreams() throws Exception {
        BlockingQueue<EventSink> sinks = new LinkedBlockingQueue<>();
        Things things = new Things(folder, (sink, last) -> {
            sinks.add(sink);
            return () -> {};
        });
        try (Site site = Site.with(things)) {
            String greedy = site.signedIn(Role.ADMINISTRATOR);
            String again = site.signedIn(Role.ADMINISTRATOR); // another session of the same person
            for (int i = 0; i < EventStreams.MOST_OF_ONE; i++) {
                assertThat(listen(site, greedy)).isEqualTo(200);
            }

            assertThat(listen(site, greedy)).isEqualTo(429);
            assertThat(listen(site, again)).isEqualTo(429);
            assertThat(listen(site.client(), site.to("/events").build())).isEqualTo(200);

            EventSink first = sinks.poll(60, TimeUnit.SECONDS);
            while (first.send("", "more", Map.of("a", "x".repeat(100_000)))) {
                Thread.onSpinWait(); // nobody reads it: it is cut off
            }
            assertThat(listen(site, greedy)).isEqualTo(200);
        }
    }

    private static int listen(Site site, String token) throws Exception {
        return listen(site.client(), site.to("/secrets/events", token).build());
    }

    private static int listen(HttpClient client, HttpRequest request) throws Exception {
        return client.send(request, BodyHandlers.ofInputStream()).statusCode();
    }

    @Test
    void aListenerWhoDoesNotReadIsCutOffAndNobodyWaits() throws Exception {
        BlockingQueue<EventSink> sinks = new LinkedBlockingQueue<>();
        CountDownLatch gone = new CountDownLatch(1);
        Things things = new Things(folder, (sink, last) -> {
            sinks.add(sink);
            return gone::countDown;
        });
        try (Site site = Site.with(things);
                SSLSocket socket = (SSLSocket) Papers.withoutTrusting(Site.server())
                        .getSocketFactory()
                        .createSocket("localhost", site.port())) {
            socket.getOutputStream()
                    .write("GET /events HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            EventSink sink = sinks.poll(20, TimeUnit.SECONDS);

            int sent = 0;
            while (sink.send("", "more", Map.of("a", "x".repeat(100_000))) && sent < 100_000) {
                sent++;
            }

            assertThat(sent).isLessThan(100_000);
            assertThat(gone.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aNewCertificateCountsForNewConnectionsAndOpenOnesStay() throws Exception {
        Papers renewed = Papers.of("localhost");
        try (Site site = Site.with(new Things())) {
            assertThat(site.send(site.to("/things/anyone")).statusCode()).isEqualTo(200);
            HttpClient other = Site.client(Papers.withoutTrusting(renewed));

            site.web().tls = () -> renewed.trusting();

            assertThat(other.send(site.to("/things/anyone").build(), BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
            // The first client trusts the old certificate alone: it is still on the connection that it opened.
            assertThat(site.send(site.to("/things/anyone")).statusCode()).isEqualTo(200);
            site.web().tls = null;
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> Site.client(Papers.withoutTrusting(renewed))
                            .send(site.to("/things/anyone").build(), BodyHandlers.ofString()));
        }
    }

    @Test
    void resourcesAreSwappedWithoutALostCall() throws Exception {
        try (Site site = Site.with(new Things())) {
            Thread swapping = new Thread(() -> {
                while (!Thread.currentThread().isInterrupted()) {
                    Resource before = site.web().resources.get(0);
                    Resource after = new Things();
                    site.web().resources = List.of(before, after);
                    site.web().resources = List.of(after);
                }
            });
            swapping.start();
            try {
                for (int i = 0; i < 300; i++) {
                    assertThat(site.send(site.to("/echo/" + i)).statusCode()).isEqualTo(200);
                }
            } finally {
                swapping.interrupt();
                swapping.join();
            }
        }
    }

    @Test
    void literalTextWinsOverAParameterAndAParameterOverARest() throws Exception {
        try (Site site = Site.with(new Things())) {
            assertThat(site.send(site.to("/echo/%C3%A4?q=a+b%26c")).body())
                    .contains("\"id\" : \"ä\"", "\"q\" : \"a b&c\"", "\"caller\" : \"anonymous\"");
            assertThat(site.send(site.to("/rest/a/b/c")).body()).contains("\"more\" : \"a/b/c\"");
            assertThat(site.send(site.to("/rest")).statusCode()).isEqualTo(404);
        }
    }

    private static String next(BufferedReader lines) throws IOException {
        String line = lines.readLine();
        while (line != null && (line.isEmpty() || line.startsWith(":"))) {
            line = lines.readLine();
        }
        return line;
    }

    private static HttpResponse<byte[]> get(Site site, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return site.client().send(request.build(), BodyHandlers.ofByteArray());
    }
}
