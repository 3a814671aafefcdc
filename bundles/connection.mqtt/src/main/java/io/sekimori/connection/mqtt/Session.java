package io.sekimori.connection.mqtt;

import io.sekimori.identity.HttpProxy;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.paho.client.mqttv3.IMqttActionListener;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.IMqttToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.jspecify.annotations.Nullable;
import org.osgi.service.log.Logger;

/**
 * One connection to the broker, from its first attempt to its end; never used for a second one. The broker keeps the
 * gateway's session, so requests that arrive between two connections wait there. Thread-safe.
 */
final class Session implements MqttCallback, AutoCloseable {

    static final int AT_MOST_ONCE = 0;
    static final int AT_LEAST_ONCE = 1;

    private static final int REFUSED = 0x80;
    private static final int MOST_IN_FLIGHT = 200;
    private static final long QUIESCE_MILLIS = 1_000;

    /** Where to and as whom. */
    record Endpoint(
            URI broker,
            String clientId,
            String will,
            SSLSocketFactory sockets,
            Optional<HttpProxy> proxy,
            Duration keepAlive,
            Duration timeout) {

        // The client's own word for what makes no TLS of it: these sockets bring TLS with them.
        private String address() {
            return "tcp://" + broker.getAuthority();
        }
    }

    private final MqttAsyncClient client;
    private final Endpoint endpoint;
    private final BiPredicate<String, byte[]> arrivals;
    private final Doorbell bell;
    private final Logger log;
    private volatile @Nullable String lost;

    /**
     * @param arrivals takes a message over, or answers false: it is then not acknowledged
     * @param bell is rung when something has been achieved or lost
     */
    Session(Endpoint endpoint, BiPredicate<String, byte[]> arrivals, Doorbell bell, Logger log) throws MqttException {
        this.endpoint = endpoint;
        this.arrivals = arrivals;
        this.bell = bell;
        this.log = log;
        this.client = new MqttAsyncClient(endpoint.address(), endpoint.clientId(), new MemoryPersistence());
        client.setCallback(this);
        client.setManualAcks(true);
    }

    IMqttToken connect() throws MqttException {
        MqttConnectOptions options = new MqttConnectOptions();
        options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
        options.setCleanSession(false);
        options.setAutomaticReconnect(false);
        options.setKeepAliveInterval((int) endpoint.keepAlive().toSeconds());
        options.setConnectionTimeout((int) endpoint.timeout().toSeconds());
        options.setMaxInflight(MOST_IN_FLIGHT);
        options.setSocketFactory(new BrokerSockets(endpoint.proxy(), endpoint.broker(), endpoint.sockets()));
        options.setWill(endpoint.will(), new byte[0], AT_MOST_ONCE, false);
        return client.connect(options, null, ringing(token -> {}));
    }

    IMqttToken subscribe(String filter) throws MqttException {
        return client.subscribe(filter, AT_LEAST_ONCE, null, ringing(token -> {}));
    }

    /** Whether the broker granted what was asked. */
    static boolean granted(IMqttToken subscription) {
        int[] granted = subscription.getGrantedQos();
        return granted != null && granted.length == 1 && granted[0] != REFUSED;
    }

    /** Hands a message to the network; {@code done} is called when the broker has acknowledged it. */
    IMqttToken publish(String topic, byte[] message, int qos, Runnable done) throws MqttException {
        return client.publish(topic, message, qos, false, null, ringing(token -> done.run()));
    }

    /** Why the connection is no more; null while it is. */
    @Nullable
    String lost() {
        return lost;
    }

    /** Ends the connection, in good order where that goes quickly. */
    @Override
    public void close() {
        try {
            if (client.isConnected()) {
                client.disconnect(QUIESCE_MILLIS).waitForCompletion(2 * QUIESCE_MILLIS);
            }
        } catch (MqttException e) {
            log.debug("The connection did not end in good order: {}", e.getMessage());
        }
        try {
            if (lost == null && !client.isConnected()) {
                // Still connecting, or hanging in a dead network.
                client.disconnectForcibly(0, 1, false);
            }
            client.close(true);
        } catch (MqttException e) {
            log.debug("The client did not end in good order: {}", e.getMessage());
        }
    }

    @Override
    public void connectionLost(Throwable cause) {
        lost = reason(cause);
        bell.ring();
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
        try {
            if (arrivals.test(topic, message.getPayload())) {
                client.messageArrivedComplete(message.getId(), message.getQos());
            }
        } catch (MqttException e) {
            log.debug("A message could not be acknowledged and will come again: {}", e.getMessage());
        } catch (RuntimeException e) {
            // Thrown on, it would end the connection, and the message would come again and do it once more.
            log.error("A message was dropped that could not be looked at", e);
        }
    }

    @Override
    public void deliveryComplete(IMqttDeliveryToken token) {
        // Each message has its own listener.
    }

    /** What went wrong, in one line: what the client only passes on is left out. */
    static String reason(@Nullable Throwable cause) {
        Throwable root = cause;
        while (root instanceof MqttException && root.getCause() != null) {
            root = root.getCause();
        }
        if (root == null) {
            return "closed";
        }
        String message = root.getMessage();
        return OutsideText.shown(root.getClass().getSimpleName() + (message == null ? "" : ": " + message), 300);
    }

    private IMqttActionListener ringing(Consumer<IMqttToken> done) {
        return new IMqttActionListener() {
            @Override
            public void onSuccess(IMqttToken token) {
                done.accept(token);
                bell.ring();
            }

            @Override
            public void onFailure(IMqttToken token, Throwable cause) {
                bell.ring();
            }
        };
    }
}
