package io.sekimori.connection.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.sekimori.audit.AuditEntry;
import io.sekimori.audit.AuditLog;
import io.sekimori.audit.AuditReceipt;
import io.sekimori.connection.Application;
import io.sekimori.connection.Reply;
import io.sekimori.keys.KeyCode;
import io.sekimori.keys.KeyException;
import io.sekimori.keys.Keys;
import io.sekimori.payload.KuraPayload;
import io.sekimori.payload.MalformedMessage;
import io.sekimori.payload.PayloadCodec;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DispatcherTest {

    private static final String TOPIC = "$EDC/sekimori/" + Gateway.ID + "/A-1/";

    private final List<KuraPayload> sent = new CopyOnWriteArrayList<>();
    private final List<AuditEntry> audited = new CopyOnWriteArrayList<>();
    private final Applications applications = new Applications();
    private @Nullable Keys keys = signing(true);
    private @Nullable AuditLog audit = entry -> {
        audited.add(entry);
        return new AuditReceipt(audited.size(), Instant.EPOCH, "0".repeat(64));
    };

    @Test
    void aBurstIsAnswered503AndThoseBeforeItAreServed() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        install("A-1", 0, request -> {
            pass(gate);
            return Reply.done();
        });
        try (Dispatcher dispatcher = dispatcher(2, 1, Duration.ofSeconds(20))) {
            for (int i = 0; i < 8; i++) {
                assertThat(dispatcher.accept(TOPIC + "GET/x", Console.request("r" + i, Map.of())))
                        .isTrue();
            }

            assertThat(codes()).containsExactly(503, 503, 503, 503, 503);
            gate.countDown();
            await().until(() -> sent.size() == 8);

            assertThat(codes()).endsWith(200, 200, 200);
            assertThat(dispatcher.accept(TOPIC + "GET/x", Console.request("last", Map.of())))
                    .isTrue();
            await().until(() -> codes().size() == 9);
            assertThat(codes()).endsWith(200);
        }
    }

    @Test
    void aFloodIsNotEvenRefusedOneByOne() throws Exception {
        CountDownLatch gate = new CountDownLatch(1);
        install("A-1", 0, request -> {
            pass(gate);
            return Reply.done();
        });
        try (Dispatcher dispatcher = dispatcher(1, 0, Duration.ofSeconds(20))) {
            for (int i = 0; i < 500; i++) {
                dispatcher.accept(TOPIC + "GET/x", Console.request("r" + i, Map.of()));
            }

            assertThat(sent.size()).isBetween(20, 400);
            assertThat(audited).isNotEmpty().hasSizeLessThanOrEqualTo(5);
            assertThat(audited.get(0).reason()).isEqualTo("GATEWAY_BUSY");
            gate.countDown();
        }
    }

    @Test
    void whoTakesTooLongIsInterruptedAndTheRequesterToldSo() throws Exception {
        AtomicBoolean interrupted = new AtomicBoolean();
        install("A-1", 0, request -> {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                interrupted.set(true);
            }
            return Reply.done();
        });
        install(
                "B-1",
                0,
                request -> Thread.currentThread().isInterrupted() ? Reply.refused(500, "X", "") : Reply.done());
        try (Dispatcher dispatcher = dispatcher(1, 1, Duration.ofMillis(100))) {
            dispatcher.accept(TOPIC + "GET/x", Console.request("r", Map.of()));
            await().untilTrue(interrupted);
            dispatcher.accept(TOPIC.replace("A-1", "B-1") + "GET/x", Console.request("s", Map.of()));

            await().until(() -> sent.size() == 2);
            assertThat(codes()).containsExactly(504, 200);
        }
    }

    @Test
    void aThreadThatEndsLeavesItsPlaceToTheNextRequest() throws Exception {
        install("A-1", 0, request -> {
            throw new NoClassDefFoundError("of a bundle that has gone, by test");
        });
        install("B-1", 0, request -> Reply.done());
        try (Dispatcher dispatcher = dispatcher(1, 1, Duration.ofMillis(100))) {
            for (int i = 1; i <= 4; i++) {
                dispatcher.accept(TOPIC + "GET/x", Console.request("r" + i, Map.of()));
                int told = i;
                await().dontCatchUncaughtExceptions().until(() -> sent.size() == told); // by its alarm
            }
            dispatcher.accept(TOPIC.replace("A-1", "B-1") + "GET/x", Console.request("s", Map.of()));

            await().until(() -> sent.size() == 5);
            assertThat(codes()).containsExactly(504, 504, 504, 504, 200);
        }
    }

    @Test
    void anApplicationThatFailsSaysNothingOfItsInside() throws Exception {
        install("A-1", 0, request -> {
            throw new IllegalStateException("the password is hush");
        });
        install("B-1", 0, request -> new Reply(200, Map.of("n".repeat(300), 1), new byte[0]));

        assertThat(answer("A-1/GET/x").metrics())
                .containsEntry("response.code", 500)
                .containsEntry("response.reason", "APPLICATION_FAILED")
                .allSatisfy((name, value) -> assertThat(String.valueOf(value)).doesNotContain("hush"));
        assertThat(answer("B-1/GET/x").metrics()).containsEntry("response.reason", "APPLICATION_FAILED");
    }

    @Test
    void anAnswerThatIsTooLargeIsARefusal() throws Exception {
        byte[] large = new byte[2 << 20];
        new Random(1).nextBytes(large);
        install("A-1", 0, request -> new Reply(200, Map.of(), large));

        assertThat(answer("A-1/GET/x").metrics()).containsEntry("response.reason", "REPLY_TOO_LARGE");
    }

    @Test
    void nothingIsAnsweredWithoutASignature() throws Exception {
        install("A-1", 0, request -> Reply.done("secret of nobody"));

        keys = null;
        KuraPayload without = answer("A-1/GET/x");
        keys = signing(false);
        KuraPayload refused = answer("A-1/GET/x");

        for (KuraPayload reply : List.of(without, refused)) {
            assertThat(reply.metrics())
                    .containsEntry("response.code", 503)
                    .containsEntry("response.reason", "REPLY_UNSIGNED")
                    .doesNotContainKey("signature");
            assertThat(reply.body()).isEmpty();
        }
    }

    @Test
    void withoutAnAuditNothingIsDoneButReading() throws Exception {
        AtomicBoolean asked = new AtomicBoolean();
        install("A-1", 0, request -> {
            asked.set(true);
            return Reply.done();
        });
        audit = null;

        assertThat(answer("A-1/EXEC/x").metrics()).containsEntry("response.reason", "REQUEST_UNAUDITED");
        assertThat(asked).isFalse();
        assertThat(answer("A-1/GET/x").metrics()).containsEntry("response.code", 200);
    }

    @Test
    void ofTwoApplicationsTheHigherRankedAnswers() throws Exception {
        install("A-1", 1, request -> Reply.refused(418, "HIGH", ""));
        install("A-1", 0, request -> Reply.refused(419, "LOW", ""));

        assertThat(answer("A-1/GET/x").metrics()).containsEntry("response.code", 418);
        assertThat(applications.ids()).containsExactly("A-1");
    }

    @Test
    void onceClosedNothingIsTakenOver() {
        Dispatcher dispatcher = dispatcher(1, 1, Duration.ofSeconds(1));
        dispatcher.close();

        assertThat(dispatcher.accept(TOPIC + "GET/x", Console.request("r", Map.of())))
                .isFalse();
    }

    @Test
    void itsOwnNewsIsNobodysRequest() {
        try (Dispatcher dispatcher = dispatcher(1, 1, Duration.ofSeconds(1))) {
            assertThat(dispatcher.accept("$EDC/sekimori/" + Gateway.ID + "/MQTT/BIRTH", new byte[] {7}))
                    .isTrue();
            assertThat(dispatcher.accept("$EDC/sekimori/" + Gateway.ID + "/A-1/REPLY/5", new byte[] {7}))
                    .isTrue();
        }

        assertThat(audited).isEmpty();
    }

    @FuzzTest
    void anyMessageIsTakenOver(byte[] bytes) {
        try (Dispatcher dispatcher = dispatcher(1, 1, Duration.ofSeconds(1))) {
            assertThat(dispatcher.accept(TOPIC + "GET/x", bytes)).isTrue();
            assertThat(dispatcher.accept(new String(bytes, StandardCharsets.UTF_8), bytes))
                    .isTrue();
        }
    }

    private KuraPayload answer(String path) {
        int before = sent.size();
        try (Dispatcher dispatcher = dispatcher(1, 1, Duration.ofSeconds(20))) {
            dispatcher.accept("$EDC/sekimori/" + Gateway.ID + "/" + path, Console.request("r", Map.of()));
        }
        return sent.get(before);
    }

    private List<Integer> codes() {
        return sent.stream()
                .map(reply -> (Integer) reply.metrics().get("response.code"))
                .toList();
    }

    private void install(String id, int ranking, Application application) {
        applications.add(Reference.to(Application.class, id, ranking), application);
    }

    private Dispatcher dispatcher(int threads, int queue, Duration limit) {
        Settings base = Gateway.settings();
        Settings settings = new Settings(
                base.broker(),
                base.keepAlive(),
                base.timeout(),
                base.leastPause(),
                base.longestPause(),
                base.appsDelay(),
                threads,
                queue,
                limit,
                base.outboxBytes());
        AuditDesk desk = new AuditDesk(() -> Optional.ofNullable(audit), Silence.LOG);
        Replies replies = new Replies(() -> Optional.ofNullable(keys), this::keep, Clock.systemUTC(), Silence.LOG);
        Drops drops = new Drops(desk, System::nanoTime, work -> {});
        return new Dispatcher(
                new Answering(applications, desk, drops, System::nanoTime, Silence.LOG),
                replies,
                drops,
                Dispatcher.clock(),
                settings);
    }

    private boolean keep(String topic, byte[] message) {
        try {
            sent.add(PayloadCodec.unpack(message));
        } catch (MalformedMessage e) {
            throw new AssertionError(e);
        }
        return true;
    }

    private static void pass(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Keys signing(boolean able) {
        return (Keys) Proxy.newProxyInstance(
                DispatcherTest.class.getClassLoader(), new Class<?>[] {Keys.class}, (proxy, method, arguments) -> {
                    if (!method.getName().equals("sign") || !able) {
                        throw new KeyException(KeyCode.KEY_UNKNOWN, "no key", null);
                    }
                    return new byte[] {1};
                });
    }
}
