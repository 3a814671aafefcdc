package io.sekimori.control.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.sekimori.control.socket.ControlClient.Reply;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;
import io.sekimori.update.Origin;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Client and listener on a real socket. */
class ControlTest {

    @TempDir
    private Path folder;

    private final FakeGateway gateway = new FakeGateway();
    private Path socket;
    private ControlClient client;
    private Listener listener;

    @BeforeEach
    void open() throws IOException {
        socket = folder.resolve("control.sock");
        client = new ControlClient(socket, Duration.ofSeconds(20));
        listener = gateway.listen(socket);
    }

    @AfterEach
    void close() {
        listener.close();
    }

    @Test
    void updatesArePutOffByThePersonWhoAsks() throws Exception {
        assertThat(client.ask("defer", Map.of("minutes", 90L)))
                .isInstanceOfSatisfying(
                        Reply.Answer.class,
                        answer -> assertThat(answer.members().asMap()).containsEntry("until", "1970-01-01T01:30:00Z"));
        assertThat(gateway.origins).extracting(Origin::channel).containsExactly("local");
        assertThat(code(client.ask("defer", Map.of("minutes", 6_000L)))).isEqualTo("DEFERRAL_TOO_LONG");
        assertThat(code(client.ask("defer", Map.of("minutes", -1L)))).isEqualTo("REQUEST_MALFORMED");
    }

    @Test
    void onlyTheOwnerMayConnect() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
                .isEqualTo("rw-------");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(socket);
        }
    }

    @Test
    void anApplyStreamsUntilItsOutcome() throws Exception {
        List<String> heard = new ArrayList<>();
        CompletableFuture<Reply> reply = inBackground(() -> client.apply(Path.of("p.zip"), event -> {
            heard.add(String.valueOf(event.asMap().get("event")));
            gateway.end();
        }));
        awaitListeners(1);
        gateway.say("a step");

        Reply.Answer answer = (Reply.Answer) reply.get(20, TimeUnit.SECONDS);

        assertThat(answer.members().string("outcome")).isEqualTo("CONFIRMED");
        assertThat(heard).startsWith("started");
        assertThat(gateway.origins.get(0).person()).isEqualTo(System.getProperty("user.name"));
    }

    @Test
    void aTransitionIsFollowedAcrossTwoVersionsOfTheSocket() throws Exception {
        CompletableFuture<Reply> reply = inBackground(() -> client.apply(Path.of("p.zip"), event -> {}));
        awaitListeners(1);

        Listener next = gateway.listen(socket);
        listener.close();
        awaitListeners(2);
        gateway.end();

        assertThat(((Reply.Answer) reply.get(20, TimeUnit.SECONDS)).members().string("id"))
                .isEqualTo("t-1");
        assertThat(socket).exists();
        next.close();
        assertThat(socket).doesNotExist();
    }

    @Test
    void aGatewayThatWasAwayIsFollowedWhenItIsBack() throws Exception {
        CompletableFuture<Reply> reply = inBackground(() -> client.apply(Path.of("p.zip"), event -> {}));
        awaitListeners(1);

        listener.close();
        gateway.end();
        listener = gateway.listen(socket);

        assertThat(reply.get(20, TimeUnit.SECONDS)).isInstanceOf(Reply.Answer.class);
    }

    @Test
    void aGatewayThatWasNeverReachedIsNotFollowedForMinutes() {
        listener.close();
        ControlClient patient = new ControlClient(socket, Duration.ofMinutes(10));

        assertTimeout(
                Duration.ofMinutes(1),
                () -> assertThatExceptionOfType(ControlException.class)
                        .isThrownBy(() -> patient.follow("t-1", event -> {}))
                        .matches(e -> e.code() == ControlCode.GATEWAY_UNREACHABLE));
    }

    @Test
    void refusalsKeepTheirCodes() throws Exception {
        assertThat(client.plan(Path.of("p.zip"))).isEqualTo(new Reply.Refused("DISK_FULL", "by test"));
        assertThat(client.cancel("nobody")).isInstanceOf(Reply.Refused.class);
        assertThat(code(client.cancel("nobody"))).isEqualTo("TRANSITION_UNKNOWN");
        assertThat(code(client.auditTail(5))).isEqualTo("AUDIT_UNREADABLE");
        assertThat(code(client.ask("dance"))).isEqualTo("REQUEST_UNKNOWN");
        gateway.present = false;
        assertThat(code(client.plan(Path.of("p.zip")))).isEqualTo("UPDATE_UNAVAILABLE");
    }

    @Test
    void otherBundlesAnswerRequestsOfTheirOwn() throws Exception {
        Reply.Answer answer = (Reply.Answer) client.ask("echo.twice", Map.of("word", "a"));

        assertThat(answer.members().strings("words")).containsExactly("a", "a");
        assertThat(answer.members().string("person")).isEqualTo(System.getProperty("user.name"));
        assertThat(client.ask("echo.twice", Map.of())).isEqualTo(new Reply.Refused("NO_WORD", "by test"));
    }

    @Test
    void whatIsNoRequestIsRefused() throws Exception {
        assertThat(say("{}\n")).contains("REQUEST_MALFORMED");
        assertThat(say("no json\n")).contains("REQUEST_MALFORMED");
        assertThat(say("{\"do\":\"plan\",\"pack\":\"relative\"}\n")).contains("REQUEST_MALFORMED");
        assertThat(say("{\"do\":\"" + "x".repeat(Wire.MAX_REQUEST_BYTES) + "\"}\n"))
                .contains("REQUEST_MALFORMED");
    }

    @Test
    void tooManyConnectionsAreTurnedAway() throws Exception {
        List<SocketChannel> open = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            open.add(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
        }

        assertThat(code(client.cancel("t-1"))).isEqualTo("TOO_MANY_CONNECTIONS");

        for (SocketChannel channel : open) {
            channel.close();
        }
    }

    @Test
    void aGatewayThatIsNotThereIsSaidToBeSo() {
        listener.close();

        assertThatExceptionOfType(ControlException.class)
                .isThrownBy(() -> client.ask("status"))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ControlCode.GATEWAY_UNREACHABLE));
    }

    @Test
    void aSecondVersionThatGoesLeavesTheSocketOfTheFirst() throws Exception {
        Listener second = gateway.listen(socket);
        Listener third = gateway.listen(socket);

        second.close();

        assertThat(code(client.cancel("nobody"))).isEqualTo("TRANSITION_UNKNOWN");
        third.close();
    }

    private String say(String line) throws IOException {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            JsonObject answer = new Wire(channel).read(Wire.MAX_LINE_BYTES);
            return answer.asMap().toString();
        } catch (MalformedJson e) {
            throw new IOException(e);
        }
    }

    private static String code(Reply reply) {
        return ((Reply.Refused) reply).code();
    }

    private void awaitListeners(int count) {
        long start = System.nanoTime();
        while (gateway.listeners.size() < count) {
            if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(20)) {
                throw new AssertionError("nobody listens");
            }
            Thread.onSpinWait();
        }
    }

    private interface Asking {
        Reply ask() throws ControlException;
    }

    private static CompletableFuture<Reply> inBackground(Asking asking) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return asking.ask();
            } catch (ControlException e) {
                throw new AssertionError(e);
            }
        });
    }
}
