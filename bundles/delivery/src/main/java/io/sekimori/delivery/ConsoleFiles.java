package io.sekimori.delivery;

import io.sekimori.identity.HttpProxy;
import io.sekimori.update.SourceFile;
import io.sekimori.update.UpdateSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/**
 * What a console serves its gateways over HTTPS: metadata, files by ranges (RFC 9110, 14), and the door for reports. The
 * TLS context proves who this gateway is and trusts the console's authority alone. Thread-safe.
 */
final class ConsoleFiles implements UpdateSource {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String WITHDRAWALS = "Sekimori-Withdrawals";
    private static final int MOST_NAME = 64;
    private static final String BASE = "/gateway/v1/";
    private static final Set<Integer> FINAL = Set.of(400, 413, 422); // what the body itself is refused with

    private final URI console;
    private final HttpClient http;
    private final Duration patience;
    private volatile String withdrawals = "";

    /** @param proxy the way there, if not directly */
    ConsoleFiles(URI console, SSLContext tls, Optional<HttpProxy> proxy) {
        this(console, tls, proxy, PATIENCE);
    }

    /** @param patience for the head of an answer, and for the whole of metadata after it */
    ConsoleFiles(URI console, SSLContext tls, Optional<HttpProxy> proxy, Duration patience) {
        this.console = console;
        this.patience = patience;
        HttpClient.Builder client = HttpClient.newBuilder()
                .sslContext(tls)
                .connectTimeout(patience)
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1);
        proxy.ifPresent(way -> way.carry(client));
        this.http = client.build();
    }

    @Override
    public String name() {
        return "console " + console.getAuthority();
    }

    @Override
    public Optional<byte[]> releaseMetadata(String file, int maxBytes) throws IOException {
        return metadata("release/" + file, maxBytes);
    }

    @Override
    public Optional<byte[]> directorMetadata(String file, int maxBytes) throws IOException {
        return metadata("director/" + file, maxBytes);
    }

    /** The SHA-256 of what the console had of withdrawals when it last said so; empty if it did not. */
    String withdrawals() {
        return withdrawals;
    }

    @Override
    public SourceFile open(String sha256, long offset) throws IOException {
        HttpRequest.Builder request = request("targets/" + sha256).GET();
        if (offset > 0) {
            request.header("Range", "bytes=" + offset + "-");
        }
        HttpResponse<InputStream> response = exchange(request.build());
        return switch (response.statusCode()) {
            case 200 -> new SourceFile(0, response.body());
            case 206 -> new SourceFile(offset, response.body());
            case 404 -> {
                response.body().close();
                throw new NoSuchFileException(sha256, null, "not at the console");
            }
            default -> throw unexpected(response);
        };
    }

    /**
     * Hands a signed report in.
     *
     * @return true if it is on the console's disk, false if the console will not take it however often it is sent
     */
    boolean report(byte[] signed) throws IOException {
        HttpResponse<InputStream> response = exchange(request("reports")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(signed))
                .build());
        int status = response.statusCode();
        if (status / 100 != 2 && !FINAL.contains(status)) {
            throw unexpected(response);
        }
        response.body().close();
        return status / 100 == 2;
    }

    private Optional<byte[]> metadata(String path, int maxBytes) throws IOException {
        HttpResponse<InputStream> response = exchange(request(path).GET().build());
        // The request's own patience ends with the head of its answer, and a network may fall silent after that.
        CompletableFuture<Void> alarm = CompletableFuture.runAsync(
                () -> quietlyClosed(response),
                CompletableFuture.delayedExecutor(patience.toMillis(), TimeUnit.MILLISECONDS));
        try (InputStream body = response.body()) {
            response.headers()
                    .firstValue(WITHDRAWALS)
                    .filter(name -> name.length() <= MOST_NAME)
                    .ifPresent(name -> withdrawals = name);
            if (response.statusCode() == 404) {
                return Optional.empty();
            }
            if (response.statusCode() != 200) {
                throw unexpected(response);
            }
            return Optional.of(body.readNBytes(maxBytes + 1));
        } finally {
            alarm.cancel(false);
        }
    }

    private static void quietlyClosed(HttpResponse<InputStream> response) {
        try {
            response.body().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e); // nobody looks: who reads gets an exception of its own
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(console.resolve(BASE + path)).timeout(patience);
    }

    private HttpResponse<InputStream> exchange(HttpRequest request) throws IOException {
        try {
            HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
            // What a proxy answers that opens no tunnel has no body here.
            Optional<String> proxy = HttpProxy.refusal(response.statusCode());
            if (proxy.isPresent()) {
                throw new IOException(proxy.get());
            }
            return response;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while asking the console", e);
        }
    }

    private static IOException unexpected(HttpResponse<InputStream> response) throws IOException {
        response.body().close();
        return new IOException("the console answered " + response.statusCode() + " to "
                + response.uri().getPath());
    }
}
