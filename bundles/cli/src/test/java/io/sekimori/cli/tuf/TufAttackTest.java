package io.sekimori.cli.tuf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.sun.net.httpserver.HttpExchange;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.JsonText;
import io.sekimori.trust.PacedStream;
import io.sekimori.trust.Signer;
import io.sekimori.trust.TrustCode;
import io.sekimori.trust.TrustException;
import io.sekimori.trust.TufKey;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an attacker between client and repository, or a power cut, can do: each refused by its name, and healed from. */
class TufAttackTest extends TufLab {

    private static final byte[] CONTENT = "content".getBytes(StandardCharsets.UTF_8);

    @ParameterizedTest
    @CsvSource({
        "/m/2.root.json,     METADATA_TOO_LONG",
        "/m/timestamp.json,  METADATA_TOO_LONG",
        "/m/1.snapshot.json, METADATA_TOO_LONG",
        "/m/1.targets.json,  METADATA_TOO_LONG",
    })
    void endlessMetadataIsRefusedBeforeItIsRead(String path, String code) throws Exception {
        AtomicLong sent = pad(path);

        assertRefused(refresh(), code);

        assertThat(sent.get()).isLessThan(PADDING);
        repository.answers.remove("/m/2.root.json");
        repository.publishNext();
        assertAccepted(refresh());
    }

    @Test
    void anEndlessTargetIsRefusedBeforeItIsRead() throws Exception {
        repository.target("targets", "file", CONTENT);
        repository.publishNext();
        AtomicLong sent = pad("/t/" + repository.remote("file", CONTENT));

        assertRefused(download("file"), "TARGET_LENGTH");

        assertThat(sent.get()).isLessThan(PADDING);
        assertThat(downloads).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"timestamp", "snapshot", "targets"})
    void metadataTornByAPowerCutHeals(String role) throws Exception {
        assertAccepted(refresh());
        Path kept = metadata.resolve(role + ".json");
        byte[] whole = Files.readAllBytes(kept);

        for (byte[] torn : List.of(new byte[0], Arrays.copyOf(whole, whole.length / 2), new byte[4_096])) {
            Files.write(kept, torn);
            assertAccepted(refresh());
            assertThat(kept).hasBinaryContent(whole);
        }
    }

    @Test
    void aBrokenRootRefusesWithAdvice() throws Exception {
        byte[] whole = Files.readAllBytes(metadata.resolve("root.json"));
        for (byte[] torn : List.of(new byte[0], Arrays.copyOf(whole, whole.length / 2), new byte[4_096])) {
            Files.write(metadata.resolve("root.json"), torn);
            repository.asked.clear();

            assertRefused(refresh(), "ANCHOR_BROKEN");
            assertThat(refresh().err()).contains("root.json");
            assertThat(repository.asked).isEmpty();
        }
    }

    @Test
    void tenThousandDelegationsOfOnePathAreRefusedAndOfOthersIgnored() throws Exception {
        Signer key = repository.key();
        for (int i = 0; i < 10_000; i++) {
            repository.signers.put("role-" + i, List.of(key));
            repository.delegate("targets", "role-" + i, false, "bomb/*");
            if (i >= 40) {
                repository.roles.remove("role-" + i);
            }
        }
        repository.target("targets", "file", CONTENT);
        repository.publishNext();

        assertAccepted(download("file"));
        assertRefused(download("bomb/file"), "DELEGATIONS_TOO_MANY");
    }

    @Test
    void aClockSetBackMakesNothingFresh() throws Exception {
        assertAccepted(refresh());
        repository.expires("timestamp", Instant.now().minus(Duration.ofHours(1)));
        repository.publishNext();
        at(Instant.now().minus(Duration.ofHours(2)));

        assertRefused(refresh(), "EXPIRED_TIMESTAMP");
    }

    @Test
    void aPureFreezeIsRefused() throws Exception {
        repository.expires("root", RepositoryServer.SAFE.plus(Duration.ofDays(365)));
        init(repository.root());
        assertAccepted(refresh());
        at(RepositoryServer.SAFE);

        assertRefused(refresh(), "EXPIRED_TIMESTAMP");
    }

    @Test
    void anotherProcessIsWaitedForByNobodyAndHarmsNothing() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch reached = new CountDownLatch(1);
        RepositoryServer.Answer timestamp = repository.answers.get("/m/timestamp.json");
        repository.answers.put("/m/timestamp.json", exchange -> {
            reached.countDown();
            await(release);
            timestamp.to(exchange);
        });
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.sekimori.cli.Main",
                        "tuf",
                        "--metadata-url",
                        repository.metadata(),
                        "--metadata-dir",
                        metadata.toString(),
                        "refresh")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("other.log").toFile())
                .start();
        try {
            assertThat(reached.await(60, TimeUnit.SECONDS)).isTrue();

            assertRefused(refresh(), "UPDATER_BUSY");

            release.countDown();
            assertThat(other.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(other.exitValue()).isZero();
            assertAccepted(refresh());
        } finally {
            release.countDown();
            other.destroyForcibly();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../escaped", "/escaped", "a/../../escaped", ".."})
    void aTargetThatWouldLeaveTheFolderIsRefused(String name) throws Exception {
        repository.target("targets", name, CONTENT);
        repository.publishNext();

        assertRefused(download(name), "TARGET_NAME");
        assertThat(directory.resolve("escaped")).doesNotExist();
    }

    @Test
    void aLinkInTheFolderLeadsNowhere() throws Exception {
        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        Files.createDirectory(downloads);
        Files.createSymbolicLink(downloads.resolve("link"), elsewhere);
        repository.target("targets", "link/file", CONTENT);
        repository.publishNext();

        assertRefused(download("link/file"), "TARGET_NAME");
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void moreRootsThanOneRunFollowsAreFollowedByTheNext() throws Exception {
        for (int i = 0; i < 1_025; i++) {
            repository.raise("root");
            repository.root();
        }

        assertRefused(refresh(), "ROOT_TOO_MANY");
        assertThat(version("root")).isEqualTo(1_025);
        assertAccepted(refresh());
        assertThat(version("root")).isEqualTo(1_026);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"signatures\":[],\"signatures\":[],\"signed\":{}}",
                "{\"signatures\":[],\"signed\":{\"_type\":\"timestamp\",\"version\":99999999999999999999999999}}",
                "{\"signatures\":[],\"signed\":{\"_type\":\"timestamp\",\"version\":1.5}}",
                "{\"signatures\":[],\"signed\":{\"_type\":\"timestamp\",\"version\":1e3}}",
                "[]",
                ""
            })
    void jsonOfMoreThanOneMeaningIsRefused(String text) throws Exception {
        repository.serve("/m/timestamp.json", text.getBytes(StandardCharsets.UTF_8));

        assertRefused(refresh(), "METADATA_MALFORMED");
    }

    @Test
    void deepNestingIsRefused() throws Exception {
        String deep = "{\"signatures\":[],\"signed\":" + "[".repeat(20_000) + "]".repeat(20_000) + "}";
        repository.serve("/m/timestamp.json", deep.getBytes(StandardCharsets.UTF_8));

        assertRefused(refresh(), "METADATA_MALFORMED");
    }

    @Test
    void unknownKeysBesideEnoughGoodOnesAreNotFatal() throws Exception {
        Map<String, Object> unknown =
                Map.of("keytype", "sphincs", "scheme", "sphincs-x", "keyval", Map.of("public", "00", "more", "yes"));
        String id = TufKey.parse(JsonObject.parse(JsonText.bytes(unknown))).keyId();
        repository.raise("root");
        repository.root();
        Map<String, Object> root = repository.roles.get("root");
        RepositoryServer.object(root, "keys").put(id, unknown);
        List<String> ids = new ArrayList<>(List.of(id, "f".repeat(64)));
        ids.add(repository.signers.get("timestamp").get(0).publicKey().keyId());
        RepositoryServer.object(root, "roles").put("timestamp", new HashMap<>(Map.of("keyids", ids, "threshold", 1)));
        repository.serve("/m/2.root.json", RepositoryServer.file(root, repository.signers.get("root")));

        assertAccepted(refresh());
        assertThat(version("root")).isEqualTo(2);
    }

    @Test
    void aServerThatSendsAByteNowAndThenIsRefused() {
        CountDownLatch over = new CountDownLatch(1);
        repository.answers.put("/m/timestamp.json", exchange -> trickle(exchange, over));
        HttpFiles impatient = new HttpFiles(
                URI.create(repository.metadata()),
                Duration.ofSeconds(60),
                new PacedStream.Pace(Duration.ofMillis(200), 1 << 20));

        assertThatExceptionOfType(TrustException.class)
                .isThrownBy(() -> impatient.fetch("timestamp.json", 1 << 16))
                .satisfies(e -> assertThat(e.refusal().code()).isEqualTo(TrustCode.SOURCE_SLOW));
        over.countDown();
    }

    @Test
    void aServerWhoseHeaderNeverEndsIsLeft() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread trickle = new Thread(() -> header(server, over));
            trickle.start();
            HttpFiles impatient = new HttpFiles(
                    URI.create("http://127.0.0.1:" + server.getLocalPort()),
                    Duration.ofMillis(500),
                    new PacedStream.Pace(Duration.ofSeconds(60), 1));

            assertTimeoutPreemptively(
                    Duration.ofSeconds(60),
                    () -> assertThatExceptionOfType(IOException.class)
                            .isThrownBy(() -> impatient.fetch("timestamp.json", 1 << 16)));
            over.set(true);
            trickle.join();
        }
    }

    @Test
    void aServerThatFailsIsNotARepositoryWithoutNewRoots() {
        repository.answers.put("/m/2.root.json", exchange -> exchange.sendResponseHeaders(503, -1));

        assertRefused(refresh(), "SOURCE_FAILED");
    }

    private static void trickle(HttpExchange exchange, CountDownLatch over) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        try {
            while (!over.await(10, TimeUnit.MILLISECONDS)) {
                out.write(' ');
                out.flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // One byte of a header now and then, each in time for whoever waits for the next one alone.
    private static void header(ServerSocket server, AtomicBoolean over) {
        try (Socket client = server.accept()) {
            OutputStream out = client.getOutputStream();
            out.write("HTTP/1.1 200 OK\r\nX: ".getBytes(StandardCharsets.US_ASCII));
            while (!over.get()) {
                out.write('x');
                out.flush();
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
        } catch (IOException e) {
            over.set(true); // the client has gone, as it should
        }
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
