package io.sekimori.simulator;

import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.lifecycle.MqttDisconnectSource;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt3.Mqtt3Client;
import com.hivemq.client.mqtt.mqtt3.message.publish.Mqtt3Publish;
import io.sekimori.payload.BirthFact;
import io.sekimori.payload.KuraPayload;
import io.sekimori.payload.PayloadCodec;
import io.sekimori.payload.Topic;
import io.sekimori.trust.Activation;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One gateway's MQTT connection: topics and payloads are Kura's, the session outlives the connection, and it connects
 * again by itself. Thread-safe.
 */
final class Wire {

    static final String APPLICATION = "SEKIMORI-V1";
    /** The requester to whom news that nobody asked for go. */
    private static final String CONSOLE = "console";

    private static final int KEEP_ALIVE_SECONDS = 60;
    private static final List<String> PROTOCOLS = List.of("TLSv1.3");

    private final Activation.Place place;
    private final Unit unit;
    private final Mqtt3AsyncClient client;

    /**
     * @param requests called with each message that arrives, in {@code work}
     * @param connected called after each connection, in {@code work}
     */
    Wire(
            Identity identity,
            Unit unit,
            Tally tally,
            Log log,
            Executor work,
            Consumer<Mqtt3Publish> requests,
            Runnable connected)
            throws IOException, GeneralSecurityException {
        this.place = identity.place();
        this.unit = unit;
        this.client = Mqtt3Client.builder()
                .identifier(place.gatewayId())
                .serverHost(place.broker().getHost())
                .serverPort(place.broker().getPort())
                .sslConfig(MqttClientSslConfig.builder()
                        .keyManagerFactory(identity.keyManagers())
                        .trustManagerFactory(identity.trustManagers())
                        .protocols(PROTOCOLS)
                        .build())
                .automaticReconnect()
                .initialDelay(1, TimeUnit.SECONDS)
                .maxDelay(60, TimeUnit.SECONDS)
                .applyAutomaticReconnect()
                .addConnectedListener(context -> {
                    tally.count(Tally.Event.CONNECTED);
                    work.execute(connected);
                })
                .addDisconnectedListener(context -> {
                    boolean was = context.getClientConfig().getState().isConnected();
                    tally.count(was ? Tally.Event.DISCONNECTED : Tally.Event.CONNECT_FAILED);
                    if (context.getSource() != MqttDisconnectSource.USER) {
                        log.say(place.gatewayId() + ": " + context.getCause());
                    }
                })
                .buildAsync();
        client.publishes(MqttGlobalPublishFilter.ALL, requests, work);
    }

    CompletableFuture<?> connect() {
        return client.connectWith()
                .cleanSession(false)
                .keepAlive(KEEP_ALIVE_SECONDS)
                .willPublish()
                .topic(lifecycle(Topic.Lifecycle.Stage.LWT))
                // Kura's is empty too; without any the client would wait for ever.
                .payload(new byte[0])
                .applyWillPublish()
                .send();
    }

    /** Says that it is there, and asks for what is addressed to it: Kura's order. */
    CompletableFuture<?> comeAlive() {
        Map<String, Object> facts = BirthFact.metrics(Map.of(
                BirthFact.DISPLAY_NAME,
                unit.serial(),
                BirthFact.SERIAL_NUMBER,
                unit.serial(),
                BirthFact.MODEL_NAME,
                unit.model(),
                BirthFact.MODEL_ID,
                unit.model(),
                BirthFact.APPLICATION_FRAMEWORK,
                "Sekimori simulator",
                BirthFact.APPLICATION_IDS,
                APPLICATION,
                BirthFact.ACCEPT_ENCODING,
                "gzip",
                BirthFact.PAYLOAD_ENCODING,
                "KURA_PROTOBUF"));
        return publish(lifecycle(Topic.Lifecycle.Stage.BIRTH), facts, new byte[0])
                .thenCompose(done -> client.subscribeWith()
                        .topicFilter(Topic.everythingFor(place.account(), place.gatewayId()))
                        .qos(MqttQos.AT_LEAST_ONCE)
                        .send());
    }

    CompletableFuture<?> disconnect() {
        return client.disconnect();
    }

    /** News for the console, complete once the broker has them. */
    CompletableFuture<?> notify(String type, Map<String, Object> metrics, byte[] body) {
        return publish(
                new Topic.Notification(place.account(), CONSOLE, APPLICATION, place.gatewayId(), type).text(),
                metrics,
                body);
    }

    CompletableFuture<?> publish(String topic, Map<String, Object> metrics, byte[] body) {
        return publish(topic, KuraPayload.of(Instant.now(), metrics, body));
    }

    CompletableFuture<?> publish(String topic, KuraPayload payload) {
        return client.publishWith()
                .topic(topic)
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(PayloadCodec.pack(payload))
                .send();
    }

    private String lifecycle(Topic.Lifecycle.Stage stage) {
        return new Topic.Lifecycle(place.account(), place.gatewayId(), stage).text();
    }
}
