package io.sekimori.broker.testkit;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** One connection of Paho's client, MQTT 3.1.1 over TLS, which does not connect again. */
public final class TestClient implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final MqttClient client;
    private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
    private final CountDownLatch lost = new CountDownLatch(1);
    private boolean resumed;

    /** A message that arrived. */
    public record Received(String topic, String text) {}

    /** A message that the broker sends for a client that vanishes. */
    public record Will(String topic, String text) {}

    private TestClient(MqttClient client) {
        this.client = client;
    }

    /** Connects with a session that ends with the connection, and has no will. */
    public static TestClient connect(int port, SSLContext tls, String id) throws MqttException {
        return connect(port, tls, id, true, Optional.empty());
    }

    /** Connects with a session that outlives the connection. */
    public static TestClient resume(int port, SSLContext tls, String id) throws MqttException {
        return connect(port, tls, id, false, Optional.empty());
    }

    /** Connects; throws if the broker does not take it. */
    public static TestClient connect(int port, SSLContext tls, String id, boolean clean, Optional<Will> will)
            throws MqttException {
        MqttConnectOptions options = options(tls, clean);
        will.ifPresent(last -> options.setWill(last.topic, last.text.getBytes(StandardCharsets.UTF_8), 1, false));
        return connect(port, id, options);
    }

    /** Options for {@link #connect(int, String, MqttConnectOptions)}, to be changed by the caller. */
    public static MqttConnectOptions options(SSLContext tls, boolean clean) {
        MqttConnectOptions options = new MqttConnectOptions();
        options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
        options.setSocketFactory(tls.getSocketFactory());
        options.setCleanSession(clean);
        options.setConnectionTimeout((int) PATIENCE.toSeconds());
        options.setMaxInflight(1_000);
        return options;
    }

    /** Connects with options of the caller's. */
    public static TestClient connect(int port, String id, MqttConnectOptions options) throws MqttException {
        MqttClient client = new MqttClient("ssl://127.0.0.1:" + port, id, new MemoryPersistence());
        client.setTimeToWait(PATIENCE.toMillis());
        TestClient made = new TestClient(client);
        client.setCallback(new MqttCallback() {
            @Override
            public void connectionLost(Throwable cause) {
                made.lost.countDown();
            }

            @Override
            public void messageArrived(String topic, MqttMessage message) {
                made.received.add(new Received(topic, new String(message.getPayload(), StandardCharsets.UTF_8)));
            }

            @Override
            public void deliveryComplete(IMqttDeliveryToken token) {
                // publish waits for it
            }
        });
        try {
            made.resumed = client.connectWithResult(options).getSessionPresent();
            return made;
        } catch (MqttException e) {
            client.close(true);
            throw e;
        }
    }

    /** Whether the broker still had a session. */
    public boolean resumed() {
        return resumed;
    }

    /** Publishes with QoS 1 and returns once the broker acknowledged it. */
    public void publish(String topic, String text) throws MqttException {
        client.publish(topic, text.getBytes(StandardCharsets.UTF_8), 1, false);
    }

    /** As {@link #publish}; answers whether it was acknowledged, rather than the connection closed. */
    public boolean tryPublish(String topic, byte[] body, boolean retained) {
        try {
            client.publish(topic, body, 1, retained);
            return true;
        } catch (MqttException e) {
            return false;
        }
    }

    /** Subscribes with QoS 1; throws if it is refused. */
    public void subscribe(String filter) throws MqttException {
        int[] granted = {1};
        client.subscribe(new String[] {filter}, granted);
        if (granted[0] == 0x80) {
            throw new MqttException(MqttException.REASON_CODE_SUBSCRIBE_FAILED);
        }
    }

    /** As {@link #subscribe}; answers whether it was granted. */
    public boolean trySubscribe(String filter) {
        try {
            subscribe(filter);
            return true;
        } catch (MqttException e) {
            return false;
        }
    }

    /**
     * What arrives until messages with each of these texts have, which must happen. The order holds within one
     * subscription alone, so whoever has two needs a last message in each.
     */
    public List<Received> until(String... last) throws InterruptedException {
        List<Received> all = new ArrayList<>();
        Set<String> awaited = new HashSet<>(List.of(last));
        while (!awaited.isEmpty()) {
            Received next = received.poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            if (next == null) {
                throw new AssertionError("never received " + awaited + "; received " + all);
            }
            all.add(next);
            awaited.remove(next.text);
        }
        return all;
    }

    /** Whether the connection is closed by the broker, now or soon. */
    public boolean isLost() throws InterruptedException {
        return lost.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Whether it has not been closed by the broker. */
    public boolean isConnected() {
        return client.isConnected();
    }

    /** Closes the socket without a word, as a gateway that loses its power. */
    public void vanish() throws MqttException {
        client.disconnectForcibly(0, 1, false);
        client.close(true);
    }

    @Override
    public void close() throws MqttException {
        if (client.isConnected()) {
            client.disconnect();
        }
        client.close(true);
    }
}
