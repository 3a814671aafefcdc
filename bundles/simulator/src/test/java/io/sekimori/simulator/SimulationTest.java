package io.sekimori.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt3.Mqtt3Client;
import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3Publish;
import io.sekimori.broker.testkit.BrokerUnderTest;
import io.sekimori.broker.testkit.TestAuthority.Holder;
import io.sekimori.payload.KuraPayload;
import io.sekimori.payload.MalformedMessage;
import io.sekimori.payload.PayloadCodec;
import io.sekimori.payload.ReplyMessage;
import io.sekimori.payload.RequestMessage;
import io.sekimori.payload.Topic;
import io.sekimori.trust.Release;
import io.sekimori.trust.SignedReport;
import io.sekimori.trust.TrustException;
import io.sekimori.trust.UnitReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Twelve gateways, our broker in its own process, and a console that the test plays. */
class SimulationTest {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final List<String> IDS = IntStream.range(0, 12)
            .mapToObj(i -> "g-aaaaaaaaaaa" + (char) ('a' + i))
            .toList();

    @TempDir
    private Path folder;

    private TestConsole console;
    private BrokerUnderTest broker;
    private int port;
    private Release first;
    private Mqtt3AsyncClient client;

    private final Map<String, UnitReport> reports = new ConcurrentHashMap<>();
    private final Map<String, ReplyMessage> replies = new ConcurrentHashMap<>();

    @BeforeEach
    void begin() throws IOException, InterruptedException, GeneralSecurityException {
        console = new TestConsole(folder.resolve("console"));
        first = console.release("com.example.app", "1.0.0", 1);
        console.publish();
        Path home = Files.createDirectories(folder.resolve("broker"));
        console.authority.write(home, console.authority.issue("broker", "broker"));
        Files.writeString(
                home.resolve("broker.json"),
                "{\"port\": 0, \"key\": \"key.pem\", \"chain\": \"chain.pem\", \"anchors\": \"anchors.pem\"}");
        Path built = Path.of("..", "broker", "target").toAbsolutePath();
        broker = BrokerUnderTest.ours(built.resolve("classes") + ":" + built.resolve("lib") + "/*", home);
        port = broker.awaitReady();
        for (String id : IDS) {
            Path activations = Files.createDirectories(folder.resolve("activations"));
            Files.write(activations.resolve(id + ".json"), console.activation(id, port));
        }
        client = listen();
    }

    @AfterEach
    void end() {
        client.disconnect().join();
        broker.close();
        console.close();
    }

    private Mqtt3AsyncClient listen() throws IOException, GeneralSecurityException {
        Holder holder = console.authority.issue("console-1", "console");
        Identity identity = new Identity(null, holder.keys(), holder.chain().subList(0, 1), console.authority.anchor());
        Mqtt3AsyncClient listening = Mqtt3Client.builder()
                .identifier("console-1")
                .serverHost("127.0.0.1")
                .serverPort(port)
                .sslConfig(MqttClientSslConfig.builder()
                        .keyManagerFactory(
                                new Identity(null, holder.keys(), holder.chain(), identity.anchor()).keyManagers())
                        .trustManagerFactory(identity.trustManagers())
                        .build())
                .buildAsync();
        listening.connect().join();
        listening
                .subscribeWith()
                .topicFilter("$EDC/sekimori/#")
                .callback(this::receive)
                .send()
                .join();
        return listening;
    }

    private void receive(Mqtt3Publish message) {
        try {
            Topic topic = Topic.parse(message.getTopic().toString());
            KuraPayload payload = PayloadCodec.unpack(message.getPayloadAsBytes());
            if (topic instanceof Topic.Notification news && news.type().equals("report")) {
                reports.put(news.gateway(), SignedReport.verified(payload.body(), console.devices.get(news.gateway())));
            } else if (topic instanceof Topic.Reply reply) {
                replies.put(reply.requestId(), ReplyMessage.of(payload));
            }
        } catch (MalformedMessage | TrustException e) {

            throw new IllegalStateException(e);
        }
    }

    private Options options(int pollSeconds, Faults faults) throws IOException {
        return new Options(
                folder.resolve("state"),
                console.trust(),
                Optional.of(folder.resolve("activations")),
                Optional.empty(),
                IDS.size(),
                20,
                TestConsole.MODEL,
                pollSeconds,
                0,
                0,
                faults,
                Optional.empty());
    }

    private void push(String id, byte[] assignment) {
        RequestMessage request = new RequestMessage("r-" + id, "console-1", Map.of(), assignment);
        client.publishWith()
                .topic(new Topic.Request("sekimori", id, "SEKIMORI-V1", "PUT", List.of("assignment")).text())
                .payload(PayloadCodec.pack(request.payload(Instant.now())))
                .send();
    }

    @Test
    void gatewaysEnrolTakeWhatIsAssignedAndProveIt() throws IOException, GeneralSecurityException {
        Tally tally = new Tally();
        // The first one keeps silent, the second one takes its update back.
        Faults faults = new Faults(1 / 12.0, 1 / 12.0, 0, 0);
        try (Simulation simulation = new Simulation(options(1, faults), tally, Log.toStandardError())) {
            simulation.start();
            await().atMost(PATIENCE).until(() -> reports.keySet().containsAll(IDS));
            assertThat(reports.values()).allMatch(report -> version(report).equals("1.0.0"));

            Release second = console.release("com.example.app", "2.0.0", 2);
            Release added = console.release("com.example.more", "1.0.0", 1);
            console.publish();
            for (String id : IDS) {
                byte[] assignment = console.assign(console.devices.get(id), second, added);
                if (id.compareTo(IDS.get(6)) < 0) {
                    push(id, assignment); // the others ask for it
                }
            }
            await().atMost(PATIENCE)
                    .until(() -> reports.values().stream()
                                    .filter(report -> report.last().isPresent())
                                    .count()
                            == 11);
            assertThat(reports.get(IDS.get(0)).last()).isEmpty();
            assertThat(outcome(IDS.get(1))).isEqualTo("REVERTED");
            assertThat(IDS.subList(2, 12))
                    .allMatch(id -> outcome(id).equals("CONFIRMED"))
                    .allMatch(id -> version(reports.get(id)).equals("2.0.0"));
            // 409 for one that had asked for it by itself.
            assertThat(replies.values())
                    .anyMatch(reply -> reply.code() == 200)
                    .allMatch(reply -> reply.code() == 200 || reply.code() == 409);
        }
        assertThat(tally.of(Tally.Event.ENROLLED)).isEqualTo(12);
        assertThat(tally.of(Tally.Event.DOWNLOADED)).isEqualTo(24);
        assertThat(first.version()).isEqualTo("1.0.0");
    }

    @Test
    void aLaterSimulationGoesOnWhereTheGatewaysWere() throws IOException, GeneralSecurityException {
        for (int run = 1; run <= 2; run++) {
            Tally tally = new Tally();
            reports.clear();
            try (Simulation simulation =
                    new Simulation(options(300, new Faults(0, 0, 0, 0)), tally, Log.toStandardError())) {
                simulation.start();
                await().atMost(PATIENCE).until(() -> reports.keySet().containsAll(IDS));
            }
            assertThat(tally.of(Tally.Event.ENROLLED)).isEqualTo(run == 1 ? 12 : 0);
            long least = run;
            assertThat(reports.values()).allMatch(report -> report.sequence() >= least);
        }
    }

    @Test
    void anAssignmentForAnotherIsRefusedAndSaidSo() throws IOException, GeneralSecurityException {
        Tally tally = new Tally();
        try (Simulation simulation =
                new Simulation(options(300, new Faults(0, 0, 0, 0)), tally, Log.toStandardError())) {
            simulation.start();
            await().atMost(PATIENCE).until(() -> reports.keySet().containsAll(IDS));
            push(IDS.get(0), console.assign(console.devices.get(IDS.get(1)), first));
            await().atMost(PATIENCE).until(() -> reports.get(IDS.get(0)).last().isPresent());
            assertThat(outcome(IDS.get(0))).isEqualTo("REFUSED");
            assertThat(reports.get(IDS.get(0)).last().orElseThrow().code()).isEqualTo("ASSIGNMENT_OTHER_DEVICE");
        }
    }

    private String outcome(String id) {
        return reports.get(id).last().orElseThrow().outcome();
    }

    private static String version(UnitReport report) {
        return report.running().bundles().stream()
                .filter(item -> item.symbolicName().equals("com.example.app"))
                .findFirst()
                .orElseThrow()
                .version();
    }
}
