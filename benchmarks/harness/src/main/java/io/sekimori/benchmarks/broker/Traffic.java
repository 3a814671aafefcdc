package io.sekimori.benchmarks.broker;

import com.hivemq.client.mqtt.MqttClientSslConfig;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt3.Mqtt3Client;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** One client that publishes and one that reads, both with QoS 1 over TLS with certificates. */
final class Traffic {

    private static final byte[] BODY = new byte[200];
    private static final String TOPIC = "$EDC/sekimori/console/SEKIMORI-V1/NOTIFY/g-aaaaaaaaaaaa/progress";
    private static final int IN_FLIGHT = 500;
    private static final int PATIENCE_SECONDS = 300;

    private final Authority authority;
    private final int port;

    Traffic(Authority authority, int port) {
        this.authority = authority;
        this.port = port;
    }

    /** Messages per second from the first publication until the last one arrived; {@code clean} without a kept session. */
    double perSecond(int messages, boolean clean) throws IOException, InterruptedException {
        Mqtt3AsyncClient reading = client("console-1");
        Mqtt3AsyncClient sending = client("console-2");
        CountDownLatch arrived = new CountDownLatch(messages);
        reading.connectWith().cleanSession(clean).send().join();
        reading.subscribeWith()
                .topicFilter("$EDC/sekimori/console/#")
                .qos(MqttQos.AT_LEAST_ONCE)
                .callback(message -> arrived.countDown())
                .send()
                .join();
        sending.connectWith().cleanSession(true).send().join();
        Semaphore inFlight = new Semaphore(IN_FLIGHT);
        long began = System.nanoTime();
        for (int i = 0; i < messages; i++) {
            inFlight.acquire();
            sending.publishWith()
                    .topic(TOPIC)
                    .qos(MqttQos.AT_LEAST_ONCE)
                    .payload(BODY)
                    .send()
                    .whenComplete((done, failure) -> inFlight.release());
        }
        if (!arrived.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IOException(arrived.getCount() + " of " + messages + " messages never arrived");
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        sending.disconnect().join();
        reading.disconnect().join();
        return messages / seconds;
    }

    private Mqtt3AsyncClient client(String id) throws IOException {
        try {
            return Mqtt3Client.builder()
                    .identifier(id)
                    .serverHost("127.0.0.1")
                    .serverPort(port)
                    .sslConfig(MqttClientSslConfig.builder()
                            .keyManagerFactory(authority.console(id))
                            .trustManagerFactory(authority.trust())
                            .protocols(List.of("TLSv1.3"))
                            .build())
                    .buildAsync();
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }
}
