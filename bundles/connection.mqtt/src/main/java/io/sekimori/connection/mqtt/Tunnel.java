package io.sekimori.connection.mqtt;

import io.sekimori.identity.HttpProxy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.PasswordAuthentication;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The way to the broker through a proxy that is asked to CONNECT (RFC 9110 9.3.6); it can only refuse. Thread-safe. */
record Tunnel(HttpProxy proxy, URI broker) {

    private static final int MOST_HEAD_BYTES = 8192;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([0-9]{3})(?: .*)?");

    /** Returns when what is written to this socket, which is connected to the proxy, goes to the broker. */
    void open(Socket near, int timeoutMillis) throws IOException {
        ask(near);
        demandTunnel(near.getInputStream(), timeoutMillis);
    }

    private void ask(Socket near) throws IOException {
        String place = broker.getHost() + ":" + broker.getPort();
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(ascii("CONNECT " + place + " HTTP/1.1\r\nHost: " + place + "\r\n"));
        if (proxy.credentials().isPresent()) {
            request.writeBytes(ascii("Proxy-Authorization: Basic "));
            request.writeBytes(basic(proxy.credentials().get()));
            request.writeBytes(ascii("\r\n"));
        }
        request.writeBytes(ascii("\r\n"));
        near.getOutputStream().write(request.toByteArray());
    }

    // RFC 7617 2.1, in UTF-8.
    private static byte[] basic(PasswordAuthentication credentials) {
        ByteBuffer password = StandardCharsets.UTF_8.encode(CharBuffer.wrap(credentials.getPassword()));
        byte[] name = (credentials.getUserName() + ":").getBytes(StandardCharsets.UTF_8);
        byte[] both = Arrays.copyOf(name, name.length + password.remaining());
        password.get(both, name.length, both.length - name.length);
        try {
            return Base64.getEncoder().encode(both);
        } finally {
            Arrays.fill(both, (byte) 0);
            Arrays.fill(password.array(), (byte) 0);
        }
    }

    // Read byte by byte: what comes after the head is TLS.
    private static void demandTunnel(InputStream in, int timeoutMillis) throws IOException {
        long begun = System.nanoTime();
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the proxy hung up");
            }
            if (head.size() >= MOST_HEAD_BYTES) {
                throw new IOException("the proxy's answer is too long");
            }
            if (timeoutMillis > 0 && System.nanoTime() - begun > TimeUnit.MILLISECONDS.toNanos(timeoutMillis)) {
                throw new SocketTimeoutException("the proxy's answer takes too long");
            }
            head.write(next);
        }
        String line =
                head.toString(StandardCharsets.ISO_8859_1).lines().findFirst().orElse("");
        Matcher status = STATUS.matcher(line);
        if (!status.matches()) {
            throw new IOException("what answers at the proxy's address is none");
        }
        if (!status.group(1).startsWith("2")) {
            throw new IOException("the proxy refuses (status " + status.group(1) + ")");
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
