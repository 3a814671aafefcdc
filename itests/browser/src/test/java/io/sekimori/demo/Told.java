package io.sekimori.demo;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.sekimori.notices.kit.Certificates;
import io.sekimori.notices.kit.MailServer;
import io.sekimori.notices.kit.Mosquitto;
import io.sekimori.notices.kit.Subscriber;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Who is told by a console: a mail server with mailboxes, a webhook that believes only what is signed, and who subscribed
 * to a topic of the site's own broker. Thread-safe.
 */
public final class Told implements AutoCloseable {

    /** The way to the webhook, which is nobody's business. */
    public static final String SECRET_WAY = "/services/T0/B0/way-that-is-secret";

    private final Certificates files;
    private final MailServer mail;
    private final HttpsServer hook;
    private final Mosquitto broker;
    private final Subscriber subscriber;
    private final List<String> posted = new CopyOnWriteArrayList<>();

    Told(Path folder) throws IOException {
        try {
            files = Certificates.in(Files.createDirectories(folder));
            mail = MailServer.begin(files, "starttls");
            hook = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            hook.setHttpsConfigurator(new HttpsConfigurator(files.server()));
            broker = Mosquitto.begin(files, Mosquitto.freePort());
            subscriber = new Subscriber(files, broker, "program", "site");
        } catch (GeneralSecurityException e) {
            throw new IOException("the certificates cannot be used", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while certificates are made", e);
        }
        hook.createContext(SECRET_WAY, this::take);
        hook.start();
    }

    /** What a console has to be configured with. */
    List<String> configurations() {
        String notices = "io.sekimori.notices:";
        return List.of(
                notices + "enabled=true",
                notices + "content=FULL",
                notices + "collect.seconds=60",
                notices + "mail.to=ops@example.com",
                notices + "mail.to=nobody@example.com",
                notices + "mail.from=console@example.com",
                notices + "mail.host=localhost",
                notices + "mail.port=" + mail.port(),
                notices + "mail.user=console",
                notices + "mail.password.file=" + files.folder().resolve("secret"),
                notices + "webhook.urls=https://localhost:" + hook.getAddress().getPort() + SECRET_WAY,
                notices + "webhook.secret.file=" + files.folder().resolve("secret"),
                notices + "mqtt.topics=site/updates",
                notices + "mqtt.broker=ssl://localhost:" + broker.port(),
                notices + "mqtt.user=console",
                notices + "mqtt.password.file=" + files.folder().resolve("secret"),
                notices + "root.certificate=" + files.certificate());
    }

    private void take(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        String time = exchange.getRequestHeaders().getFirst("Sekimori-Timestamp");
        String signature = exchange.getRequestHeaders().getFirst("Sekimori-Signature");
        boolean believed = MessageDigest.isEqual(
                signed(time, body).getBytes(StandardCharsets.US_ASCII),
                String.valueOf(signature).getBytes(StandardCharsets.US_ASCII));
        if (believed) {
            posted.add(new String(body, StandardCharsets.UTF_8));
        }
        exchange.sendResponseHeaders(believed ? 204 : 403, -1);
        exchange.close();
    }

    private static String signed(String time, byte[] body) throws IOException {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Certificates.SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update((time + ".").getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    /** The bodies of the mails that came. */
    public List<String> mails() throws IOException {
        return mail.bodies();
    }

    /** What was posted, and is believed. */
    public List<String> posts() {
        return List.copyOf(posted);
    }

    /** What was published to who subscribed. */
    public List<String> messages() {
        return subscriber.heard().stream()
                .map(message -> new String(message.getPayload(), StandardCharsets.UTF_8))
                .toList();
    }

    @Override
    public void close() {
        subscriber.close();
        broker.close();
        hook.stop(0);
        mail.close();
    }
}
