package io.sekimori.connection.mqtt;

import io.sekimori.payload.KuraPayload;
import io.sekimori.payload.MalformedMessage;
import io.sekimori.payload.PayloadCodec;
import io.sekimori.payload.RequestMessage;
import io.sekimori.payload.Topic;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** A console's client: asks, and keeps what it hears. */
final class Console implements MqttCallback, AutoCloseable {

    static final String ID = "console-1";

    private static final byte[] NOTHING = {};

    private final MqttClient client;
    private final List<Heard> heard = new CopyOnWriteArrayList<>();

    /** One message as it came. */
    record Heard(String topic, byte[] message) {

        KuraPayload payload() {
            try {
                return PayloadCodec.unpack(message);
            } catch (MalformedMessage e) {
                throw new AssertionError(e);
            }
        }
    }

    Console(Authority authority, URI broker) throws MqttException {
        client = new MqttClient(broker.toString(), ID, new MemoryPersistence());
        client.setCallback(this);
        MqttConnectOptions options = new MqttConnectOptions();
        options.setAutomaticReconnect(true);
        options.setMaxReconnectDelay(500);
        options.setCleanSession(false);
        options.setSocketFactory(authority.tls(authority.party(ID, "console")).getSocketFactory());
        client.connect(options);
        client.subscribe("$EDC/sekimori/#", 1);
    }

    /** Asks without a body. */
    void ask(String requestId, String path) throws MqttException {
        send("$EDC/sekimori/" + Gateway.ID + "/" + path, request(requestId, Map.of()));
    }

    static byte[] request(String requestId, Map<String, Object> metrics) {
        return PayloadCodec.pack(new RequestMessage(requestId, ID, metrics, NOTHING).payload(Instant.now()));
    }

    void send(String topic, byte[] message) throws MqttException {
        client.publish(topic, message, 1, false);
    }

    /** Waits for a message on a topic that begins like this. */
    Heard await(String beginning) {
        return await(beginning, 0);
    }

    /** Waits for one more than so many. */
    Heard await(String beginning, int before) {
        Awaitility.await(beginning + " in " + topics())
                .atMost(Duration.ofSeconds(20))
                .until(() -> heard(beginning).size() > before);
        return heard(beginning).get(before);
    }

    KuraPayload reply(String application, String requestId) {
        return await(replyTopic(application, requestId).text()).payload();
    }

    static Topic.Reply replyTopic(String application, String requestId) {
        return new Topic.Reply("sekimori", ID, application, requestId);
    }

    List<Heard> heard(String beginning) {
        return heard.stream().filter(one -> one.topic().startsWith(beginning)).toList();
    }

    private List<String> topics() {
        return heard.stream().map(Heard::topic).toList();
    }

    @Override
    public void messageArrived(String topic, MqttMessage message) {
        heard.add(new Heard(topic, message.getPayload()));
    }

    @Override
    public void connectionLost(Throwable cause) {
        // It comes back by itself.
    }

    @Override
    public void deliveryComplete(IMqttDeliveryToken token) {
        // Publishing waits for it.
    }

    @Override
    public void close() throws MqttException {
        client.disconnectForcibly(0, 500);
        client.close();
    }
}
