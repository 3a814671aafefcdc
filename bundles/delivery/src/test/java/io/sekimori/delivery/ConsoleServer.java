package io.sekimori.delivery;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** A console's HTTPS side for tests: files by path, ranges, and what was posted. */
final class ConsoleServer implements AutoCloseable {

    private static final char[] PASSWORD = "password".toCharArray();

    final Map<String, byte[]> files = new ConcurrentHashMap<>();
    final List<byte[]> posted = java.util.Collections.synchronizedList(new ArrayList<>());
    final List<String> asked = java.util.Collections.synchronizedList(new ArrayList<>());
    final List<String> rangesAsked = java.util.Collections.synchronizedList(new ArrayList<>());
    volatile String withdrawals = "";
    volatile boolean ranges = true;
    volatile int answer;
    volatile int answerToReports;
    volatile boolean silent;
    /** If not 0, the status of answers without an end, until {@link #left}. */
    volatile int endless;

    volatile CountDownLatch left = new CountDownLatch(1);
    volatile CountDownLatch gate = new CountDownLatch(0);

    private static @Nullable KeyStore certified;

    private final HttpsServer server;
    private final SSLContext client;
    private final X509Certificate certificate;

    ConsoleServer() throws IOException, GeneralSecurityException, InterruptedException {
        KeyStore store = certified();
        certificate = (X509Certificate) store.getCertificate("server");
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        KeyStore anchors = KeyStore.getInstance("PKCS12");
        anchors.load(null, null);
        anchors.setCertificateEntry("server", certificate);
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(anchors);
        client = SSLContext.getInstance("TLS");
        client.init(null, trust.getTrustManagers(), null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.setExecutor(Executors.newCachedThreadPool());
        server.createContext("/gateway/v1/", this::answer);
        server.start();
    }

    /** A key and its certificate, made once: that takes as long as all of a test. */
    private static synchronized KeyStore certified()
            throws IOException, GeneralSecurityException, InterruptedException {
        if (certified == null) {
            Path folder = Files.createTempDirectory("console");
            Path file = folder.resolve("server.p12");
            Process keytool = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "keytool")
                                    .toString(),
                            "-genkeypair",
                            "-keystore",
                            file.toString(),
                            "-storepass",
                            new String(PASSWORD),
                            "-alias",
                            "server",
                            "-keyalg",
                            "EC",
                            "-groupname",
                            "secp256r1",
                            "-dname",
                            "CN=localhost",
                            "-ext",
                            "san=ip:127.0.0.1",
                            "-validity",
                            "2")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (keytool.waitFor() != 0) {
                throw new IOException("keytool failed");
            }
            KeyStore store = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(file)) {
                store.load(in, PASSWORD);
            }
            Files.delete(file);
            Files.delete(folder);
            certified = store;
        }
        return certified;
    }

    URI address() {
        return URI.create("https://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Its own; also one where any will do. */
    X509Certificate certificate() {
        return certificate;
    }

    SSLContext client() {
        return client;
    }

    ConsoleFiles console() {
        return new ConsoleFiles(address(), client, Optional.empty());
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath().substring("/gateway/v1/".length());
        asked.add(exchange.getRequestMethod() + " " + path);
        byte[] body = exchange.getRequestBody().readAllBytes();
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
        if (endless != 0) {
            dripUntilLeft(exchange);
            return;
        }
        if (!withdrawals.isEmpty() && path.equals("director/targets.json")) {
            exchange.getResponseHeaders().add("Sekimori-Withdrawals", withdrawals);
        }
        if (answer != 0) {
            exchange.sendResponseHeaders(answer, -1);
        } else if (answerToReports != 0 && path.equals("reports")) {
            exchange.sendResponseHeaders(answerToReports, -1);
        } else if (exchange.getRequestMethod().equals("POST")) {
            posted.add(body);
            exchange.sendResponseHeaders(204, -1);
        } else if (!files.containsKey(path)) {
            exchange.sendResponseHeaders(404, -1);
        } else {
            byte[] file = files.get(path);
            String range = exchange.getRequestHeaders().getFirst("Range");
            if (range != null) {
                rangesAsked.add(range);
            }
            int from = range != null && ranges ? Integer.parseInt(range.replaceAll("[^0-9]", "")) : 0;
            exchange.sendResponseHeaders(from > 0 ? 206 : 200, file.length - from == 0 ? -1 : file.length - from);
            if (silent) {
                // Half of it, and no word that this is all.
                exchange.getResponseBody().write(file, from, (file.length - from) / 2);
                exchange.getResponseBody().flush();
                return;
            }
            exchange.getResponseBody().write(file, from, file.length - from);
        }
        exchange.close();
    }

    private void dripUntilLeft(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(endless, 0);
        try {
            while (true) {
                exchange.getResponseBody().write(new byte[1 << 16]);
            }
        } catch (IOException e) {
            left.countDown();
        } finally {
            exchange.close();
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
