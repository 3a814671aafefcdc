package io.sekimori.link;

import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.eclipse.paho.client.mqttv3.IMqttDeliveryToken;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttCallback;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.MqttMessage;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.jspecify.annotations.Nullable;
import org.osgi.service.log.Logger;

/**
 * One durable session at the broker. It comes back for ever, with a pause that grows and is never the same, and asks for
 * its TLS context each time, since certificates are renewed. Messages are acknowledged one by one when their receiver
 * says so; what was not is sent again by the broker. Thread-safe.
 */
final class BrokerSession implements Wire, AutoCloseable {

    /** Where the TLS of a connection comes from. */
    @FunctionalInterface
    interface Tls {
        /** The context of now; empty result is null only where a test speaks without TLS. */
        @Nullable
        SSLContext context() throws GeneralSecurityException;
    }

    static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private static final int KEEP_ALIVE_SECONDS = 30;
    private static final int CONNECT_SECONDS = 15;
    private static final int MOST_UNDER_WAY = 1_000;
    private static final long GOODBYE_MILLIS = 2_000;

    private final LinkSettings settings;
    private final Tls tls;
    private final Receiver receiver;
    private final Logger log;
    private final Random random = new Random();
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(work -> daemon(work, "sekimori-link-connect"));
    private volatile @Nullable MqttAsyncClient client;
    private @Nullable MqttAsyncClient ended;
    private volatile boolean closed;
    private volatile String trouble = "not tried yet";
    private int failures;

    BrokerSession(LinkSettings settings, Tls tls, Receiver receiver, Logger log) {
        this.settings = settings;
        this.tls = tls;
        this.receiver = receiver;
        this.log = log;
    }

    static Thread daemon(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    void open() {
        timer.execute(this::connect);
    }

    @Override
    public boolean connected() {
        MqttAsyncClient current = client;
        return current != null && current.isConnected();
    }

    /** Why there is no session; empty if there is one. */
    String trouble() {
        return trouble;
    }

    @Override
    public boolean publish(String topic, byte[] message) {
        MqttAsyncClient current = client;
        if (current == null || !current.isConnected()) {
            return false;
        }
        try {
            current.publish(topic, message, 1, false);
            return true;
        } catch (MqttException e) {
            log.debug("Not published: {}", e.getMessage());
            return false;
        }
    }

    @Override
    public void close() {
        closed = true;
        timer.shutdownNow();
        MqttAsyncClient current = client;
        if (current != null) {
            end(current, true);
        }
    }

    private void connect() {
        if (closed) {
            return;
        }
        MqttAsyncClient fresh = null;
        try {
            fresh = new MqttAsyncClient(settings.broker().toString(), settings.clientId(), new MemoryPersistence());
            fresh.setManualAcks(true);
            fresh.setCallback(new Incoming(fresh));
            fresh.connect(options()).waitForCompletion(TimeUnit.SECONDS.toMillis(CONNECT_SECONDS + 5L));
            String[] topics = settings.subscriptions().toArray(String[]::new);
            int[] qualities = {1, 1, 1};
            fresh.subscribe(topics, qualities).waitForCompletion(TimeUnit.SECONDS.toMillis(CONNECT_SECONDS));
            client = fresh;
            failures = 0;
            trouble = "";
            log.info("Connected to the broker {} as {}", settings.broker(), settings.clientId());
            if (closed) {
                end(fresh, true);
            } else if (!fresh.isConnected()) {
                again("lost at once");
            }
        } catch (MqttException | GeneralSecurityException | IllegalArgumentException e) {
            if (fresh != null) {
                end(fresh, false);
            }
            again(String.valueOf(
                    e.getCause() == null ? e.getMessage() : e.getCause().getMessage()));
        }
    }

    private MqttConnectOptions options() throws GeneralSecurityException {
        MqttConnectOptions options = new MqttConnectOptions();
        options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
        options.setCleanSession(false);
        options.setAutomaticReconnect(false);
        options.setKeepAliveInterval(KEEP_ALIVE_SECONDS);
        options.setConnectionTimeout(CONNECT_SECONDS);
        options.setMaxInflight(MOST_UNDER_WAY);
        SSLContext context = tls.context();
        if (context != null) {
            options.setSocketFactory(context.getSocketFactory());
            options.setHttpsHostnameVerificationEnabled(true);
        }
        return options;
    }

    private void again(String why) {
        if (closed) {
            return;
        }
        if (failures == 0 || !trouble.equals(why)) {
            log.warn("No session at the broker {}: {}", settings.broker(), why);
        }
        trouble = why;
        long most = Math.min(LONGEST_PAUSE.toMillis(), FIRST_PAUSE.toMillis() << Math.min(failures, 10));
        failures++;
        timer.schedule(this::connect, most / 2 + random.nextInt((int) (most / 2) + 1), TimeUnit.MILLISECONDS);
    }

    // Once each: Paho fails on a client that was closed already, and one may be lost just while this is closed.
    private synchronized void end(MqttAsyncClient old, boolean politely) {
        if (old == ended) {
            return;
        }
        ended = old;
        if (old == client) {
            client = null;
        }
        try {
            if (politely && old.isConnected()) {
                old.disconnect(GOODBYE_MILLIS).waitForCompletion(GOODBYE_MILLIS);
            }
        } catch (MqttException e) {
            log.debug("The broker heard no good-bye: {}", e.getMessage());
        }
        try {
            old.disconnectForcibly(0, GOODBYE_MILLIS, false);
        } catch (MqttException e) {
            log.debug("The session was closed already: {}", e.getMessage());
        }
        try {
            old.close(true);
        } catch (MqttException e) {
            log.debug("The client was closed already: {}", e.getMessage());
        }
    }

    /** Hears one client. What a client that was given up still says is not acknowledged, so the broker says it again. */
    private final class Incoming implements MqttCallback {

        private final MqttAsyncClient heard;

        Incoming(MqttAsyncClient heard) {
            this.heard = heard;
        }

        @Override
        public void connectionLost(Throwable cause) {
            if (!closed) {
                timer.execute(() -> {
                    end(heard, false);
                    again("lost: " + cause.getMessage());
                });
            }
        }

        @Override
        public void messageArrived(String topic, MqttMessage message) {
            receiver.received(topic, message.getPayload(), () -> acknowledge(message));
        }

        @Override
        public void deliveryComplete(IMqttDeliveryToken token) {
            // A request counts when it is answered, not when the broker has it.
        }

        private void acknowledge(MqttMessage message) {
            try {
                heard.messageArrivedComplete(message.getId(), message.getQos());
            } catch (MqttException e) {
                log.debug("Not acknowledged, so it comes again: {}", e.getMessage());
            }
        }
    }
}
