package io.sekimori.itests.enrolment;

import io.sekimori.authority.ActivationOrder;
import io.sekimori.authority.Authority;
import io.sekimori.authority.AuthorityException;
import io.sekimori.authority.EnrolmentListener;
import io.sekimori.authority.IssuedActivation;
import io.sekimori.authority.ca.NewAuthority;
import io.sekimori.authority.ca.SigningKey;
import io.sekimori.keys.KeyAlgorithm;
import io.sekimori.keys.KeyException;
import io.sekimori.keys.file.KeyFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.BundleException;

/** A console that was made as the command line makes one, and can be ended and started again on the same port. */
final class TestConsole implements AutoCloseable {

    final Path unit;
    final X509Certificate root;
    final int port;
    private final Map<String, Map<String, Object>> configurations;
    private Site site;

    TestConsole(Path folder, String gatewayRoot) throws IOException, KeyException, AuthorityException, BundleException {
        this.unit = folder.resolve("console");
        KeyFiles offline = new KeyFiles(folder.resolve("offline"));
        KeyFiles own = new KeyFiles(unit.resolve("data/io.sekimori.keys.file"));
        this.root = NewAuthority.make(
                unit,
                signing(offline, "root"),
                signing(own, NewAuthority.ISSUING_KEY),
                List.of("localhost"),
                Clock.systemUTC());
        this.port = freePort();
        this.configurations = Map.of(
                "io.sekimori.authority.ca",
                Map.of(
                        "console",
                        "https://localhost:" + port,
                        "broker",
                        "ssl://localhost:8883",
                        "root.sha256",
                        gatewayRoot),
                "io.sekimori.web.jetty",
                Map.of("host", "127.0.0.1", "port", port));
        start();
    }

    void start() throws BundleException {
        site = new Site(unit, Site.CONSOLE, configurations);
        authority();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!answers()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("nobody listens at " + port);
            }
            Thread.onSpinWait();
        }
    }

    Authority authority() {
        return site.service(Authority.class);
    }

    /** The activation file of a new activation for {@code gatewayId}. */
    byte[] activation(String gatewayId) throws AuthorityException {
        try (IssuedActivation issued =
                authority().activate(new ActivationOrder(gatewayId, Duration.ofHours(1)), "person:alice")) {
            return issued.file();
        }
    }

    /** Has {@code listener} told of each certificate, after it is recorded and before its gateway gets it. */
    void listen(EnrolmentListener listener) {
        site.offer(EnrolmentListener.class, listener);
    }

    private boolean answers() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static SigningKey signing(KeyFiles files, String name) throws KeyException {
        PublicKey key = files.create(name, KeyAlgorithm.EC_P256).key();
        return new SigningKey(key, message -> files.sign(name, message));
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws BundleException {
        site.close();
    }
}
