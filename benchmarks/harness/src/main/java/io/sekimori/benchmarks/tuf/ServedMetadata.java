package io.sekimori.benchmarks.tuf;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.sekimori.trust.MetadataSource;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** The metadata of a repository behind a web server of this machine, which counts what it is asked for. Thread-safe. */
final class ServedMetadata implements MetadataSource, AutoCloseable {

    private static final int NOT_FOUND = 404;
    private static final int OK = 200;

    private final Path folder;
    private final HttpServer server;
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong bytes = new AtomicLong();

    private ServedMetadata(Path folder, HttpServer server) {
        this.folder = folder;
        this.server = server;
    }

    static ServedMetadata of(Path folder) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ServedMetadata served = new ServedMetadata(folder, server);
        server.createContext("/", served::answer);
        server.start();
        return served;
    }

    /** Where it answers, with a slash at the end. */
    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    /** How often it was asked so far. */
    long requests() {
        return requests.get();
    }

    /** How many bytes its answers had so far, headers apart. */
    long bytes() {
        return bytes.get();
    }

    /** Asks it by HTTP, as a client that keeps its connection. */
    @Override
    public Optional<byte[]> fetch(String name, int maxBytes) throws IOException {
        HttpURLConnection asked =
                (HttpURLConnection) address().resolve(name).toURL().openConnection();
        if (asked.getResponseCode() == NOT_FOUND) {
            return Optional.empty();
        }
        try (InputStream body = asked.getInputStream()) {
            return Optional.of(body.readNBytes(maxBytes + 1));
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            requests.incrementAndGet();
            Path file = folder.resolve(exchange.getRequestURI().getPath().substring(1))
                    .normalize();
            if (!file.startsWith(folder) || !Files.isRegularFile(file)) {
                exchange.sendResponseHeaders(NOT_FOUND, -1);
                return;
            }
            byte[] content = Files.readAllBytes(file);
            bytes.addAndGet(content.length);
            exchange.sendResponseHeaders(OK, content.length);
            exchange.getResponseBody().write(content);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
