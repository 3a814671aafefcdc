package io.sekimori.itests.framework;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.ops4j.pax.exam.CoreOptions.systemPackages;

import io.sekimori.connection.ConnectionException;
import io.sekimori.connection.Link;
import io.sekimori.connection.Notification;
import io.sekimori.connection.Notification.Importance;
import io.sekimori.connection.Outbox;
import io.sekimori.identity.Enrolled;
import io.sekimori.identity.Identity;
import io.sekimori.itests.support.Parts;
import io.sekimori.keys.Keys;
import io.sekimori.payload.KuraPayload;
import io.sekimori.payload.PayloadCodec;
import io.sekimori.payload.ReplySignature;
import io.sekimori.payload.RequestMessage;
import io.sekimori.payload.Topic;
import io.sekimori.update.Outcome;
import io.sekimori.update.PlannedBundle;
import io.sekimori.update.TransitionReport;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import javax.inject.Inject;
import javax.net.ssl.SSLContext;
import org.eclipse.paho.client.mqttv3.IMqttMessageListener;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.OptionUtils;
import org.ops4j.pax.exam.junit.PaxExam;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;

/**
 * The connection is replaced by the engine while a console asks and the gateway has news: every request is answered and
 * signed, every outcome arrives.
 */
@RunWith(PaxExam.class)
public class ConnectionSwapIT {

    private static final String CONNECTION = "io.sekimori.connection.mqtt";
    private static final String ID = "g-abcdefghijkl";
    private static final String CONSOLE = "console-1";
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    @Inject
    private BundleContext context;

    private final Set<Integer> outcomes = new ConcurrentSkipListSet<>();
    private final Map<String, Boolean> replies = new ConcurrentHashMap<>();
    private Path folder;
    private TestBroker broker;
    private Gateway gateway;
    private PublicKey device;
    private MqttClient console;

    @Configuration
    public Option[] framework() throws Exception {
        return OptionUtils.combine(Scenario.launched(), systemPackages("io.sekimori.payload"));
    }

    @Before
    public void aConnectedGateway() throws Exception {
        gateway = Gateway.on(context);
        folder = Files.createTempDirectory("sekimori-broker");
        broker = new TestBroker(folder);
        broker.start();
        console = listen();
        Keys keys = gateway.services().await(Keys.class);
        device = keys.publicKey(Keys.DEVICE).orElseThrow().key();
        List<X509Certificate> chain = List.of(broker.certify(ID, device));
        List<X509Certificate> anchors = List.of(broker.anchor());
        Enrolled enrolled =
                new Enrolled(ID, "sekimori", chain, anchors, URI.create("https://127.0.0.1"), broker.address());
        context.registerService(
                Identity.class,
                new Known(enrolled, keys.tls(Keys.DEVICE, chain, anchors)),
                new Hashtable<>(Map.of(Constants.SERVICE_RANKING, 1_000)));
        await("a connection", this::isConnected);
    }

    @After
    public void removeFiles() throws Exception {
        console.disconnectForcibly(0, 500);
        console.close();
        broker.stop();
        Folders.delete(folder);
    }

    @Test
    public void everyRequestIsAnsweredAndEveryOutcomeArrives() throws Exception {
        Editions editions = new Editions(gateway);
        Parts next = gateway.bench().running().swapped(editions.of(CONNECTION));
        Traffic traffic = new Traffic();
        Thread thread = new Thread(traffic, "test-traffic");
        thread.start();
        await("requests", () -> replies.size() >= 5);

        TransitionReport report = gateway.transition(next);

        assertEquals(new Outcome.Confirmed(report.to()), report.outcome());
        assertEquals(
                List.of(PlannedBundle.Action.REPLACE),
                report.swaps().stream().map(TransitionReport.Swapped::action).toList());
        await("a connection", this::isConnected);
        int before = replies.size();
        await("further requests", () -> replies.size() >= before + 5);
        traffic.over = true;
        thread.join(TimeUnit.NANOSECONDS.toMillis(PATIENCE_NANOS));
        await("replies, " + replies.size() + " of " + traffic.asked, () -> replies.size() == traffic.asked);
        await("outcomes, " + outcomes.size() + " of " + traffic.told, () -> outcomes.size() == traffic.told);
        assertTrue(
                "a reply is not signed: " + replies, replies.values().stream().allMatch(signed -> signed));
        System.out.printf(
                "%s: %d requests and %d outcomes over a swap with a gap of %d ms, none lost%n",
                CONNECTION,
                traffic.asked,
                traffic.told,
                report.swaps().get(0).gap().toMillis());
    }

    /** Asks, and hands outcomes over to whatever outbox is there, one after the other. */
    private final class Traffic implements Runnable {

        private volatile boolean over;
        private volatile int asked;
        private volatile int told;

        @Override
        public void run() {
            while (!over) {
                try {
                    ask("r" + asked);
                    asked++;
                    tell(told);
                    told++;
                } catch (MqttException e) {
                    throw new IllegalStateException("the test's own traffic", e);
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
        }

        private void ask(String requestId) throws MqttException {
            byte[] request = PayloadCodec.pack(
                    new RequestMessage(requestId, CONSOLE, Map.of(), new byte[0]).payload(Instant.now()));
            console.publish("$EDC/sekimori/" + ID + "/INVENTORY-V1/GET/bundles", request, 1, false);
        }

        /** Until an outbox has taken it over, the outcome is ours to keep. */
        private void tell(int number) {
            Notification outcome = new Notification(
                    Notification.CONSOLE, "TEST-1", "outcome", Importance.OUTCOME, Map.of("n", number), new byte[0]);
            await("an outbox", () -> taken(outcome));
        }

        private boolean taken(Notification outcome) {
            ServiceReference<Outbox> reference = context.getServiceReference(Outbox.class);
            Outbox outbox = reference == null ? null : context.getService(reference);
            if (outbox == null) {
                return false;
            }
            try {
                outbox.send(outcome);
                return true;
            } catch (ConnectionException e) {
                return false;
            } finally {
                context.ungetService(reference);
            }
        }
    }

    private MqttClient listen() throws Exception {
        MqttClient client = new MqttClient(broker.address().toString(), CONSOLE, new MemoryPersistence());
        MqttConnectOptions options = new MqttConnectOptions();
        options.setSocketFactory(broker.client(CONSOLE).getSocketFactory());
        client.connect(options);
        IMqttMessageListener reply = (topic, message) -> {
            KuraPayload payload = PayloadCodec.unpack(message.getPayload());
            Topic.Reply parsed = (Topic.Reply) Topic.parse(topic);
            replies.put(parsed.requestId(), ReplySignature.holds(device, ID, parsed, payload));
        };
        IMqttMessageListener outcome = (topic, message) -> outcomes.add(PayloadCodec.unpack(message.getPayload())
                .metric("n", Integer.class)
                .orElseThrow());
        client.subscribe("$EDC/sekimori/" + CONSOLE + "/INVENTORY-V1/REPLY/#", 1, reply);
        client.subscribe("$EDC/sekimori/console/TEST-1/NOTIFY/#", 1, outcome);
        return client;
    }

    private boolean isConnected() {
        ServiceReference<Link> reference = context.getServiceReference(Link.class);
        Link link = reference == null ? null : context.getService(reference);
        return link != null && link.status().state() == Link.State.CONNECTED;
    }

    private static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited in vain for " + what);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    /** A gateway that is enrolled already, with its own key. */
    private record Known(Enrolled who, SSLContext context) implements Identity {

        @Override
        public String model() {
            return "M1";
        }

        @Override
        public String serial() {
            return "S-0001";
        }

        @Override
        public Optional<Enrolled> enrolled() {
            return Optional.of(who);
        }

        @Override
        public Optional<SSLContext> tls() {
            return Optional.of(context);
        }
    }
}
