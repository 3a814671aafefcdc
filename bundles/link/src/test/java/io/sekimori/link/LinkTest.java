package io.sekimori.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sekimori.fleet.Courier.Body;
import io.sekimori.fleet.Courier.Delivery;
import io.sekimori.fleet.Courier.Delivery.Answered;
import io.sekimori.fleet.Courier.Delivery.Unanswered;
import io.sekimori.fleet.Courier.Delivery.Unproved;
import io.sekimori.fleet.Courier.Parcel;
import io.sekimori.fleet.Fleet;
import io.sekimori.fleet.FleetCode;
import io.sekimori.rollouts.Rollouts;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.service.log.Logger;

class LinkTest {

    @TempDir
    Path folder;

    private final FakeFleet fake = new FakeFleet();
    private final FakeAudit audit = new FakeAudit();
    private final List<String> progress = new CopyOnWriteArrayList<>();
    private final List<AutoCloseable> open = new ArrayList<>();
    private Mosquitto broker;
    private Connection console;

    @BeforeEach
    void connect() throws Exception {
        broker = new Mosquitto(folder);
        console = console();
    }

    @AfterEach
    void end() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
        console.close();
        broker.close();
    }

    @Test
    void birthsReportsAndProgressArrive() throws Exception {
        Peer gateway = peer("g-a");

        gateway.born(Map.of("os", "Linux"));
        gateway.report("signed".getBytes(StandardCharsets.UTF_8));
        gateway.notify("progress", Map.of("progress", 40, "message", "SWAP a"), new byte[0]);
        gateway.raw("$EDC/sekimori/g-a/MQTT/LWT", new byte[0]);

        await().untilAsserted(() -> assertThat(fake.told).containsExactly("Born g-a", "report g-a signed", "Left g-a"));
        await().untilAsserted(() -> assertThat(progress).containsExactly("g-a 40 % SWAP a"));
        assertThat(fake.births.get("g-a")).containsEntry("os", "Linux");
    }

    @Test
    void aReportIsAcknowledgedOnlyWhenItIsOnDisk() throws Exception {
        Peer gateway = peer("g-a");
        fake.away = true;
        gateway.report("first".getBytes(StandardCharsets.UTF_8));
        await().until(() -> console.lanes().waiting() == 0);

        console.close();
        fake.away = false;
        assertThat(fake.told).isEmpty();
        console = console();

        await().untilAsserted(() -> assertThat(fake.told).contains("report g-a first"));
    }

    @Test
    void whatWasSentWhileTheConsoleWasAwayArrives() throws Exception {
        Peer gateway = peer("g-a");
        console.close();

        for (int i = 0; i < 50; i++) {
            gateway.report(("r" + i).getBytes(StandardCharsets.UTF_8));
        }
        console = console();

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(fake.told).hasSize(50));
        assertThat(fake.told.get(0)).isEqualTo("report g-a r0");
        assertThat(fake.told.get(49)).isEqualTo("report g-a r49");
    }

    @Test
    void itComesBackWhenTheBrokerWasRestarted() throws Exception {
        broker.stop();
        await().until(() -> !console.session().connected());

        broker.start();

        await().atMost(Duration.ofSeconds(60)).until(() -> console.session().connected());
        peer("g-b").report("again".getBytes(StandardCharsets.UTF_8));
        await().untilAsserted(() -> assertThat(fake.told).contains("report g-b again"));
    }

    @Test
    void itEndsInGoodOrderWhileTheBrokerIsAway() throws Exception {
        broker.stop();
        await().atMost(Duration.ofSeconds(60))
                .until(() -> !console.session().trouble().isEmpty()
                        && !console.session().trouble().startsWith("lost"));

        console.close();

        assertThat(console.session().connected()).isFalse();
    }

    @Test
    void aSignedReplyIsAnAnswer() throws Exception {
        Peer gateway = peer("g-a");
        fake.keys.put("g-a", gateway.keys.getPublic());

        CompletableFuture<Delivery> answer = ask("g-a", "PUT", 10);
        await().until(() -> gateway.requests.size() == 1);
        gateway.reply(gateway.requests.get(0), true);

        Answered answered = (Answered) answer.get(10, TimeUnit.SECONDS);
        assertThat(answered.code()).isEqualTo(200);
        assertThat(answered.metrics()).containsEntry("said.by", "g-a").doesNotContainKey("signature");
    }

    @Test
    void aForgedReplyIsNoneAndDoesNotSuppressTheTrueOne() throws Exception {
        Peer gateway = peer("g-a");
        Peer mallory = peer("g-m");
        fake.keys.put("g-a", gateway.keys.getPublic());
        fake.keys.put("g-m", mallory.keys.getPublic());
        CompletableFuture<Delivery> answer = ask("g-a", "PUT", 10);
        await().until(() -> gateway.requests.size() == 1);

        mallory.reply(gateway.requests.get(0), true);
        mallory.reply(gateway.requests.get(0), false);
        await().until(() -> console.strays().count() == 2);
        gateway.reply(gateway.requests.get(0), true);

        assertThat(((Answered) answer.get(10, TimeUnit.SECONDS)).metrics()).containsEntry("said.by", "g-a");
        assertThat(audit.said()).containsExactly("link.drop REFUSED ANSWER_UNPROVED");
    }

    @Test
    void whatIsToldArrivesAndItsAnswerIsNoStray() throws Exception {
        Peer gateway = peer("g-a");

        console.post().tell(parcel("g-a", "PUT", 600));
        await().until(() -> gateway.requests.size() == 1);
        assertThat(console.post().onTheirWay()).isEqualTo(1);
        gateway.reply(gateway.requests.get(0), false);

        await().until(() -> console.post().onTheirWay() == 0);
        assertThat(console.strays().count()).isZero();
    }

    @Test
    void withoutAProvedAnswerTheWaitEnds() throws Exception {
        Peer gateway = peer("g-a");
        fake.keys.put("g-a", gateway.keys.getPublic());
        CompletableFuture<Delivery> silent = ask("g-nobody", "PUT", 1);
        CompletableFuture<Delivery> unproved = ask("g-a", "PUT", 2);
        await().until(() -> gateway.requests.size() == 1);

        gateway.reply(gateway.requests.get(0), false);

        assertThat(((Unanswered) silent.get(10, TimeUnit.SECONDS)).code()).isEqualTo(FleetCode.NO_ANSWER);
        assertThat(((Unanswered) unproved.get(10, TimeUnit.SECONDS)).code()).isEqualTo(FleetCode.ANSWER_UNPROVED);
    }

    @Test
    void kuraIsReadAndNothingElse() throws Exception {
        Peer kura = peer("g-k");
        fake.births.put("g-k", Map.of("application_framework", "Kura"));
        CompletableFuture<Delivery> read = ask("g-k", "GET", 10);
        CompletableFuture<Delivery> write = ask("g-k", "PUT", 2);
        await().until(() -> kura.requests.size() == 2);

        for (var request : kura.requests) {
            kura.reply(request, false);
        }

        assertThat(((Unproved) read.get(10, TimeUnit.SECONDS)).code()).isEqualTo(200);
        assertThat(((Unanswered) write.get(10, TimeUnit.SECONDS)).code()).isEqualTo(FleetCode.ANSWER_UNPROVED);
    }

    @Test
    void whatIsMalformedOrStrangeIsDroppedAndCounted() throws Exception {
        Peer mallory = peer("g-m");
        byte[] bomb = bomb();

        mallory.raw("$EDC/sekimori/console/SEKIMORI-V1/NOTIFY/g-m/report", new byte[] {1, 2, 3});
        mallory.raw("$EDC/sekimori/console/SEKIMORI-V1/NOTIFY/g-m/report", bomb);
        mallory.raw("$EDC/sekimori/g-m/MQTT/BIRTH", new byte[] {(byte) 0xff});
        mallory.raw("$EDC/sekimori/g-m/MQTT/NONSENSE", new byte[0]);
        mallory.raw("$EDC/sekimori/console/X", new byte[0]);
        mallory.raw("$EDC/sekimori/console-1/SEKIMORI-V1/REPLY/guessed", new byte[0]);
        mallory.raw("$EDC/sekimori/g-unknown/MQTT/LWT", new byte[0]);
        await().untilAsserted(() -> assertThat(console.strays().count()).isEqualTo(7));
        mallory.report("good".getBytes(StandardCharsets.UTF_8));

        await().untilAsserted(() -> assertThat(fake.told).contains("report g-m good"));
        assertThat(audit.said()).hasSize(1);
    }

    @Test
    void whatBreaksItsReaderIsNotKeptAtTheBrokerForEver() throws Exception {
        Peer mallory = peer("g-m");

        fake.breaking = true;
        mallory.report("poison".getBytes(StandardCharsets.UTF_8));
        await().untilAsserted(() -> assertThat(console.strays().count()).isEqualTo(1));
        fake.breaking = false;
        console.close();
        console = console();
        mallory.report("good".getBytes(StandardCharsets.UTF_8));

        await().untilAsserted(() -> assertThat(fake.told).contains("report g-m good"));
        assertThat(fake.told).doesNotContain("report g-m poison");
    }

    @Test
    void aFloodOfOneGatewayDoesNotKeepOthersOut() throws Exception {
        Peer mallory = peer("g-m");
        Peer gateway = peer("g-a");

        for (int i = 0; i < 2_000; i++) {
            mallory.raw("$EDC/sekimori/console/SEKIMORI-V1/NOTIFY/g-m/report", new byte[] {1});
        }
        gateway.report("good".getBytes(StandardCharsets.UTF_8));

        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(fake.told).contains("report g-a good"));
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(console.strays().count()).isEqualTo(2_000));
        assertThat(audit.said()).hasSize(1);
    }

    private Connection console() {
        LinkSettings settings = new LinkSettings(broker.address(), "sekimori", 1);
        Fleet fleet = fake.fleet();
        Rollouts rollouts = (Rollouts) Proxy.newProxyInstance(
                LinkTest.class.getClassLoader(), new Class<?>[] {Rollouts.class}, (proxy, method, arguments) -> {
                    progress.add(arguments[0] + " " + arguments[1]);
                    return null;
                });
        Connection made =
                Connection.open(settings, () -> null, () -> fleet, () -> rollouts, () -> null, () -> audit, logger());
        await().atMost(Duration.ofSeconds(30)).until(() -> made.session().connected());
        return made;
    }

    private Peer peer(String id) throws Exception {
        Peer peer = new Peer(broker.address(), id);
        open.add(peer);
        return peer;
    }

    private CompletableFuture<Delivery> ask(String gateway, String method, int seconds) {
        return console.post().send(parcel(gateway, method, seconds)).toCompletableFuture();
    }

    private static Parcel parcel(String gateway, String method, int seconds) {
        return new Parcel(
                gateway,
                "SEKIMORI-V1",
                method,
                List.of("assignment"),
                Map.of(),
                Body.EMPTY,
                Duration.ofSeconds(seconds));
    }

    private static byte[] bomb() throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(packed)) {
            zip.write(new byte[64 << 20]);
        }
        return packed.toByteArray();
    }

    static Logger logger() {
        return (Logger) Proxy.newProxyInstance(
                LinkTest.class.getClassLoader(),
                new Class<?>[] {Logger.class},
                (proxy, method, arguments) -> method.getReturnType() == boolean.class ? false : null);
    }
}
