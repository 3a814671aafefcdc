package io.sekimori.notices;

import io.sekimori.trust.JsonText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import javax.net.ssl.SSLException;
import org.eclipse.paho.client.mqttv3.MqttAsyncClient;
import org.eclipse.paho.client.mqttv3.MqttConnectOptions;
import org.eclipse.paho.client.mqttv3.MqttException;
import org.eclipse.paho.client.mqttv3.persist.MemoryPersistence;
import org.jspecify.annotations.Nullable;

/**
 * Publishes notices as JSON at a broker (MQTT 3.1.1), once it has said that it has them, not retained. It has a session for a
 * moment and hears nothing. Thread-safe.
 */
final class Announcer implements Medium {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int AT_LEAST_ONCE = 1;
    private static final long GOODBYE_MILLIS = 2_000;

    private final Topics settings;
    private final Trust trust;
    private final Duration patience;

    Announcer(Topics settings, Trust trust) {
        this(settings, trust, PATIENCE);
    }

    /** @param patience for each of what the broker has to answer */
    Announcer(Topics settings, Trust trust, Duration patience) {
        this.settings = settings;
        this.trust = trust;
        this.patience = patience;
    }

    @Override
    public void tell(Notice notice, String topic) throws IOException {
        byte[] body = JsonText.bytes(NoticeJson.told(notice));
        MqttAsyncClient client = null;
        try {
            client = new MqttAsyncClient(
                    settings.broker().orElseThrow().toString(),
                    notice.id().substring(0, 22), // as many as every broker takes (3.1.3.1)
                    new MemoryPersistence());
            connect(client);
            client.publish(topic, body, AT_LEAST_ONCE, false).waitForCompletion(patience.toMillis());
        } catch (MqttException e) {
            throw meant(e);
        } finally {
            end(client);
        }
    }

    private void connect(MqttAsyncClient client) throws IOException, MqttException {
        MqttConnectOptions options = new MqttConnectOptions();
        options.setMqttVersion(MqttConnectOptions.MQTT_VERSION_3_1_1);
        options.setCleanSession(true);
        options.setAutomaticReconnect(false);
        options.setConnectionTimeout((int) Math.max(1, patience.toSeconds()));
        options.setSocketFactory(trust.context().getSocketFactory());
        options.setHttpsHostnameVerificationEnabled(true);
        if (settings.password().isEmpty()) {
            client.connect(options).waitForCompletion(patience.toMillis());
            return;
        }
        char[] password = password(settings.password().get());
        try {
            options.setUserName(settings.user());
            options.setPassword(password);
            client.connect(options).waitForCompletion(patience.toMillis());
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private static char[] password(Path file) throws IOException {
        byte[] bytes = SecretFile.read(file);
        CharBuffer characters = StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes));
        Arrays.fill(bytes, (byte) 0);
        char[] password = new char[characters.remaining()];
        characters.get(password);
        Arrays.fill(characters.array(), '\0');
        return password;
    }

    private static IOException meant(MqttException failure) {
        if (failure.getCause() instanceof SSLException cause) {
            return new NotToldException(NoticesCode.NOTICE_UNTRUSTED, String.valueOf(cause.getMessage()), failure);
        }
        return switch (failure.getReasonCode()) {
            case MqttException.REASON_CODE_FAILED_AUTHENTICATION, MqttException.REASON_CODE_NOT_AUTHORIZED ->
                new NotToldException(
                        NoticesCode.NOTICE_REFUSED, "the broker answered " + failure.getReasonCode(), failure);
            default ->
                new NotToldException(
                        NoticesCode.NOTICE_UNREACHED,
                        String.valueOf(
                                failure.getCause() == null
                                        ? failure.getMessage()
                                        : failure.getCause().getMessage()),
                        failure);
        };
    }

    /** Whatever becomes of it: the notice is there, or is not. */
    private static void end(@Nullable MqttAsyncClient client) {
        if (client == null) {
            return;
        }
        try {
            if (client.isConnected()) {
                client.disconnect(0).waitForCompletion(GOODBYE_MILLIS);
            }
            client.close();
        } catch (MqttException e) {
            endForcibly(client);
        }
    }

    // One that is still connecting ends no other way.
    private static void endForcibly(MqttAsyncClient client) {
        try {
            client.disconnectForcibly(0, GOODBYE_MILLIS, false);
            client.close(true);
        } catch (MqttException e) {
            // It is closed.
        }
    }
}
