package io.sekimori.simulator;

import io.sekimori.trust.MetadataSource;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;

/**
 * The console's files, as one gateway gets them over HTTPS: metadata, and release files by range requests (RFC 9110, 14).
 * The JDK's older client: it has no thread of its own, and there are many gateways.
 */
record ConsoleFiles(URI console, SSLSocketFactory tls) {

    private static final String BASE = "/gateway/v1/";
    private static final int PATIENCE_MILLIS = 30_000;
    private static final int RANGE = 256 * 1024;

    MetadataSource releases() {
        return (name, maxBytes) -> metadata("release/" + name, maxBytes);
    }

    MetadataSource director() {
        return (name, maxBytes) -> metadata("director/" + name, maxBytes);
    }

    Optional<byte[]> metadata(String path, int maxBytes) throws IOException {
        HttpsURLConnection connection = open(path);
        if (connection.getResponseCode() == HttpURLConnection.HTTP_NOT_FOUND) {
            drain(connection);
            return Optional.empty();
        }
        require(connection, HttpURLConnection.HTTP_OK);
        try (InputStream body = connection.getInputStream()) {
            return Optional.of(body.readNBytes(maxBytes + 1));
        }
    }

    /** Reads a file to its end in ranges, keeps nothing of it, and requires its hash. */
    void download(String sha256, long length) throws IOException {
        MessageDigest digest = digest();
        for (long at = 0; at < length; at += RANGE) {
            long last = Math.min(length, at + RANGE) - 1;
            HttpsURLConnection connection = open("targets/" + sha256);
            connection.setRequestProperty("Range", "bytes=" + at + "-" + last);
            require(connection, HttpURLConnection.HTTP_PARTIAL);
            try (InputStream body = connection.getInputStream()) {
                digest.update(body.readNBytes((int) (last - at + 1)));
            }
        }
        String found = HexFormat.of().formatHex(digest.digest());
        if (!found.equals(sha256)) {
            throw new IOException("downloaded " + found + " instead of " + sha256);
        }
    }

    private HttpsURLConnection open(String path) throws IOException {
        HttpsURLConnection connection =
                (HttpsURLConnection) console.resolve(BASE + path).toURL().openConnection();
        connection.setSSLSocketFactory(tls);
        connection.setConnectTimeout(PATIENCE_MILLIS);
        connection.setReadTimeout(PATIENCE_MILLIS);
        connection.setInstanceFollowRedirects(false);
        return connection;
    }

    private static void require(HttpsURLConnection connection, int status) throws IOException {
        int found = connection.getResponseCode();
        if (found != status) {
            drain(connection);
            throw new IOException("the console answered " + found + " to "
                    + connection.getURL().getPath());
        }
    }

    /** What is not read to its end is closed and not used again. */
    private static void drain(HttpsURLConnection connection) throws IOException {
        try (InputStream body = connection.getErrorStream()) {
            if (body != null) {
                body.readAllBytes();
            }
        }
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
