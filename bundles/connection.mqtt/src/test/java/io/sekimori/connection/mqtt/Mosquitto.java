package io.sekimori.connection.mqtt;

import io.sekimori.connection.mqtt.Authority.Party;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** A real broker of Debian's, in TLS 1.3 with client certificates and the topic rights of a gateway's broker. */
final class Mosquitto implements AutoCloseable {

    private static final List<String> PLACES = List.of("/usr/sbin/mosquitto", "/usr/bin/mosquitto");

    private final Path folder;
    private final int port;
    private @Nullable Process process;

    /** Not started yet; {@code more} are lines of its configuration. */
    Mosquitto(Path folder, Authority authority, String... more) throws IOException {
        this.folder = folder;
        this.port = freePort();
        Party broker = authority.party("broker", "broker");
        Authority.writePem(folder.resolve("ca.pem"), "CERTIFICATE", encoded(authority.certificate()));
        Authority.writePem(folder.resolve("broker.pem"), "CERTIFICATE", encoded(broker.certificate()));
        Authority.writePem(
                folder.resolve("broker.key"), "PRIVATE KEY", broker.key().getEncoded());
        Files.write(
                folder.resolve("rights"),
                List.of(
                        "user console-1",
                        "topic readwrite $EDC/#",
                        "pattern readwrite $EDC/sekimori/%u/#",
                        "pattern readwrite sekimori/%u/#",
                        "pattern write $EDC/sekimori/+/+/REPLY/#",
                        "pattern write $EDC/sekimori/+/+/NOTIFY/%u/#"));
        Files.write(
                folder.resolve("conf"),
                List.of(
                        "user root",
                        "listener " + port + " 127.0.0.1",
                        "cafile " + folder.resolve("ca.pem"),
                        "certfile " + folder.resolve("broker.pem"),
                        "keyfile " + folder.resolve("broker.key"),
                        "tls_version tlsv1.3",
                        "require_certificate true",
                        "use_identity_as_username true",
                        "acl_file " + folder.resolve("rights"),
                        "persistence true",
                        "persistence_location " + folder + "/",
                        String.join("\n", more)));
    }

    URI address() {
        return URI.create("ssl://127.0.0.1:" + port);
    }

    int port() {
        return port;
    }

    Mosquitto start() throws IOException {
        String program = PLACES.stream()
                .filter(place -> Files.isExecutable(Path.of(place)))
                .findFirst()
                .orElseThrow(() -> new IOException("mosquitto is not installed: apt-get install mosquitto"));
        process = new ProcessBuilder(program, "-c", folder.resolve("conf").toString())
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
                .start();
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(this::answers);
        return this;
    }

    /** Ends it as a power cut would, but for what it writes on SIGTERM: the sessions. */
    void stop() {
        Process running = process;
        if (running != null) {
            running.destroy();
            try {
                if (!running.waitFor(10, TimeUnit.SECONDS)) {
                    running.destroyForcibly();
                }
            } catch (InterruptedException e) {
                running.destroyForcibly();
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        stop();
    }

    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static byte[] encoded(Certificate certificate) throws IOException {
        try {
            return certificate.getEncoded();
        } catch (CertificateEncodingException e) {
            throw new IOException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
