package io.sekimori.notices.kit;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.paho.client.mqttv3.MqttClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;

/** A program that hears what comes to a {@link Mosquitto} from when it began. Thread-safe. */
public final class Subscriber implements AutoCloseable {

    private final MqttClient client;
    private final List<MqttMessage> heard = new CopyOnWriteArrayList<>();

    /** Hears every topic below that one. */
    public Subscriber(Certificates files, Mosquitto broker, String name, String topic) throws IOException {
        try {
            client = new MqttClient("ssl://localhost:" + broker.port(), name, new MemoryPersistence());
            MqttConnectOptions options = new MqttConnectOptions();
            options.setSocketFactory(files.client().getSocketFactory());
            options.setUserName("console");
            options.setPassword(Certificates.SECRET.toCharArray());
            client.connect(options);
            client.subscribe(topic + "/#", 1, (at, message) -> heard.add(message));
        } catch (MqttException | GeneralSecurityException e) {
            throw new IOException("Mosquitto cannot be heard", e);
        }
    }

    /** What it heard so far. */
    public List<MqttMessage> heard() {
        return List.copyOf(heard);
    }

    @Override
    public void close() {
        try {
            client.disconnectForcibly(0, 1_000);
            client.close(true);
        } catch (MqttException e) {
            throw new IllegalStateException(e);
        }
    }
}
