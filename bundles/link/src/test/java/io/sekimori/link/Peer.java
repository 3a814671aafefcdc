package io.sekimori.link;

import io.sekimori.payload.KuraPayload;
import io.sekimori.payload.PayloadCodec;
import io.sekimori.payload.ReplyMessage;
import io.sekimori.payload.ReplySignature;
import io.sekimori.payload.RequestMessage;
import io.sekimori.payload.Topic;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** A gateway at the broker that does what a test tells it to. */
final class Peer implements AutoCloseable {

    final String id;
    final KeyPair keys;
    final List<RequestMessage> requests = new CopyOnWriteArrayList<>();
    private final MqttClient client;

    Peer(URI broker, String id) throws MqttException, GeneralSecurityException {
        this.id = id;
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        keys = generator.generateKeyPair();
        client = new MqttClient(broker.toString(), id, new MemoryPersistence());
        MqttConnectOptions options = new MqttConnectOptions();
        options.setMaxInflight(5_000);
        client.connect(options);
        client.subscribe(
                "$EDC/sekimori/" + id + "/SEKIMORI-V1/#",
                1,
                (topic, message) -> requests.add(RequestMessage.of(PayloadCodec.unpack(message.getPayload()))));
    }

    void born(Map<String, Object> facts) throws MqttException {
        publish("$EDC/sekimori/" + id + "/MQTT/BIRTH", KuraPayload.of(Instant.EPOCH, facts, new byte[0]));
    }

    void report(byte[] body) throws MqttException {
        notify("report", Map.of(), body);
    }

    void notify(String type, Map<String, Object> metrics, byte[] body) throws MqttException {
        publish(
                "$EDC/sekimori/console/SEKIMORI-V1/NOTIFY/" + id + "/" + type,
                KuraPayload.of(Instant.EPOCH, metrics, body));
    }

    void reply(RequestMessage request, boolean signed) throws MqttException, GeneralSecurityException {
        Topic.Reply topic = new Topic.Reply("sekimori", request.requester(), "SEKIMORI-V1", request.requestId());
        KuraPayload payload = new ReplyMessage(200, Map.of("said.by", id), new byte[] {1}).payload(Instant.EPOCH);
        if (signed) {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(keys.getPrivate());
            signature.update(ReplySignature.message(id, topic, payload));
            payload = ReplySignature.signed(payload, signature.sign());
        }
        publish(topic.text(), payload);
    }

    void raw(String topic, byte[] message) throws MqttException {
        client.publish(topic, message, 1, false);
    }

    private void publish(String topic, KuraPayload payload) throws MqttException {
        raw(topic, PayloadCodec.pack(payload));
    }

    @Override
    public void close() throws MqttException {
        client.disconnectForcibly(0, 500);
        client.close(true);
    }
}
