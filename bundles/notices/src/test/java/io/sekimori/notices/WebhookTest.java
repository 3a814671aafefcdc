package io.sekimori.notices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.sekimori.notices.kit.Certificates;
import io.sekimori.trust.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Webhooks, to a server with a certificate of its own. */
class WebhookTest {

    private static final Notice NOTICE = new Notice(
            "n-" + "b".repeat(32),
            Kind.ATTACK_REPORTED,
            Instant.parse("2026-11-22T12:00:00Z"),
            1,
            List.of(new Fact(Kind.ATTACK_REPORTED, "1", "g-1 \"SN\"", "ATTACK BELOW_FLOOR by console")));

    @TempDir
    private static Path folder;

    private static Certificates files;

    private final List<String> paths = new ArrayList<>();
    private final List<byte[]> bodies = new ArrayList<>();
    private final List<Headers> heads = new ArrayList<>();
    private final CountDownLatch goOn = new CountDownLatch(1);
    private HttpsServer server;
    private Webhook webhook;

    @BeforeAll
    static void make() throws Exception {
        files = Certificates.in(folder);
    }

    @BeforeEach
    void serve() throws Exception {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(files.server()));
        server.createContext("/", exchange -> {
            paths.add(exchange.getRequestURI().getPath());
            heads.add(exchange.getRequestHeaders());
            bodies.add(exchange.getRequestBody().readAllBytes());
            switch (exchange.getRequestURI().getPath()) {
                case "/elsewhere" -> exchange.getResponseHeaders().set("Location", "/here");
                case "/slow" -> await(goOn);
                default -> {
                    // answers at once
                }
            }
            int status = exchange.getRequestURI().getPath().equals("/elsewhere") ? 302 : 200;
            exchange.sendResponseHeaders(paths.get(0).equals("/broken") ? 500 : status, -1);
            exchange.close();
        });
        server.start();
        webhook = new Webhook(Trust.of(Optional.of(files.certificate())), folder.resolve("secret"), Clock.systemUTC());
    }

    @AfterEach
    void end() {
        goOn.countDown();
        server.stop(0);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String at(String path) {
        return "https://localhost:" + server.getAddress().getPort() + path;
    }

    @Test
    void itSaysWhatItIsAndTheDocumentedCheckTakesIt() throws Exception {
        webhook.tell(NOTICE, at("/here"));

        JsonObject said = JsonObject.parse(bodies.get(0));
        assertThat(said.string("id"))
                .isEqualTo(NOTICE.id())
                .isEqualTo(heads.get(0).getFirst("Sekimori-Notice"));
        assertThat(said.number("count")).isEqualTo(1);
        assertThat(said.objects("items").get(0).string("subject")).isEqualTo("g-1 \"SN\"");
        assertThat(heads.get(0).getFirst("Content-Type")).isEqualTo("application/json");
        String time = heads.get(0).getFirst("Sekimori-Timestamp");
        String signature = heads.get(0).getFirst("Sekimori-Signature");

        assertThat(checked(time, signature, bodies.get(0))).isZero();
        byte[] other = new String(bodies.get(0), StandardCharsets.UTF_8)
                .replace("g-1", "g-2")
                .getBytes(StandardCharsets.UTF_8);
        assertThat(checked(time, signature, other)).isEqualTo(1);
        assertThat(checked(Long.toString(Long.parseLong(time) + 1), signature, bodies.get(0)))
                .isEqualTo(1);
        assertThat(checked(time, signature.replace(signature.charAt(0), 'x'), bodies.get(0)))
                .isEqualTo(1);
    }

    @Test
    void anOldOneIsNotTaken() throws Exception {
        Clock past = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(-6));
        new Webhook(Trust.of(Optional.of(files.certificate())), folder.resolve("secret"), past)
                .tell(NOTICE, at("/here"));

        assertThat(checked(
                        heads.get(0).getFirst("Sekimori-Timestamp"),
                        heads.get(0).getFirst("Sekimori-Signature"),
                        bodies.get(0)))
                .isEqualTo(1);
    }

    @Test
    void briefHasNoNames() throws Exception {
        webhook.tell(NOTICE.brief(), at("/here"));

        assertThat(new String(bodies.get(0), StandardCharsets.UTF_8)).doesNotContain("g-1", "BELOW_FLOOR");
    }

    @Test
    void noRedirectionIsFollowedAndAnErrorIsNone() {
        refused("302", "/elsewhere");
        assertThat(paths).containsExactly("/elsewhere");
        paths.clear();
        refused("500", "/broken");
    }

    @Test
    void whoIsNotVouchedForGetsNothing() throws Exception {
        Webhook strict = new Webhook(Trust.of(Optional.empty()), folder.resolve("secret"), Clock.systemUTC());

        assertThatExceptionOfType(SSLException.class).isThrownBy(() -> strict.tell(NOTICE, at("/here")));
        assertThatExceptionOfType(SSLException.class)
                .isThrownBy(() -> webhook.tell(NOTICE, at("/here").replace("localhost", "127.0.0.1")));
        assertThat(paths).isEmpty();
    }

    @Test
    void aServerThatSaysNothingIsLeft() throws Exception {
        Webhook hasty = new Webhook(
                Trust.of(Optional.of(files.certificate())),
                folder.resolve("secret"),
                Clock.systemUTC(),
                Duration.ofSeconds(2));

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> hasty.tell(NOTICE, at("/slow")))
                .withMessageContaining("timed out");
    }

    private void refused(String why, String path) {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> webhook.tell(NOTICE, at(path)))
                .withMessageContaining(why);
    }

    /** The check that docs/notices.md shows, as a shell runs it. */
    private static int checked(String time, String signature, byte[] body) throws Exception {
        String page = Files.readString(Path.of("..", "..", "docs", "notices.md"));
        Matcher block = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL).matcher(page);
        assertThat(block.find()).isTrue();
        Path file = Files.write(Files.createTempFile(folder, "body", ".json"), body);
        ProcessBuilder shell = new ProcessBuilder("sh", "-eu", "-c", block.group(1));
        shell.environment()
                .putAll(Map.of(
                        "timestamp",
                        time,
                        "signature",
                        signature,
                        "body",
                        file.toString(),
                        "secret",
                        Certificates.SECRET));
        return shell.redirectErrorStream(true)
                .redirectOutput(folder.resolve("shell").toFile())
                .start()
                .waitFor();
    }
}
