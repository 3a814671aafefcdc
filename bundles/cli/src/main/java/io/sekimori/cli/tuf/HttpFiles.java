package io.sekimori.cli.tuf;

import io.sekimori.trust.MetadataSource;
import io.sekimori.trust.PacedStream;
import io.sekimori.trust.TargetFolder;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Files below an address, by HTTP or HTTPS. Answers of 404 are files that are not there; any other but 200 fails. Nothing
 * of an answer is held but what the caller reads. Thread-safe.
 *
 * <p>It is the older client of the Java runtime: the newer one takes longer to start than a whole refresh.
 *
 * @param base     the address, with a slash at its end or without
 * @param patience how long to wait for a connection, and for the next byte
 * @param pace     how slow an answer may be
 */
record HttpFiles(URI base, Duration patience, PacedStream.Pace pace) implements MetadataSource, TargetFolder.Server {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final PacedStream.Pace PACE = new PacedStream.Pace(Duration.ofSeconds(30), 512);

    /** Files below {@code base}, with the patience of a gateway. */
    static HttpFiles below(URI base) {
        return new HttpFiles(base, PATIENCE, PACE);
    }

    @Override
    public Optional<byte[]> fetch(String name, int maxBytes) throws IOException {
        try (InputStream in = get(name)) {
            return Optional.of(in.readNBytes(maxBytes + 1));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** @param remote a path of plain names, which are quoted here; those of metadata are quoted already */
    @Override
    public InputStream open(String remote) throws IOException {
        return get(Stream.of(remote.split("/")).map(HttpFiles::quoted).collect(Collectors.joining("/")));
    }

    private InputStream get(String path) throws IOException {
        String address = base.toString();
        URI file = URI.create(address + (address.endsWith("/") ? "" : "/") + path);
        HttpURLConnection connection = (HttpURLConnection) file.toURL().openConnection();
        connection.setConnectTimeout((int) patience.toMillis());
        connection.setReadTimeout((int) patience.toMillis());
        connection.setUseCaches(false);
        // A connection that is kept would be read to its end first, however long that is.
        connection.setRequestProperty("Connection", "close");
        int status = status(connection);
        if (status == HttpURLConnection.HTTP_NOT_FOUND) {
            connection.disconnect();
            throw new NoSuchFileException(file.toString());
        }
        if (status != HttpURLConnection.HTTP_OK) {
            connection.disconnect();
            throw new IOException(file + " answered " + status);
        }
        return new PacedStream(connection.getInputStream(), pace, System::nanoTime);
    }

    // The pace of a header cannot be watched, and each of its bytes may take all the patience: so it ends as a whole.
    private int status(HttpURLConnection connection) throws IOException {
        CountDownLatch answered = new CountDownLatch(1);
        Thread watch = new Thread(() -> endUnless(answered, connection), "sekimori-tuf-watch");
        watch.setDaemon(true);
        watch.start();
        try {
            return connection.getResponseCode();
        } finally {
            answered.countDown();
        }
    }

    private void endUnless(CountDownLatch answered, HttpURLConnection connection) {
        try {
            if (!answered.await(2 * patience.toMillis(), TimeUnit.MILLISECONDS)) {
                connection.disconnect();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    // A form's quoting but for the blank; what else differs is quoted more than it must be.
    private static String quoted(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
