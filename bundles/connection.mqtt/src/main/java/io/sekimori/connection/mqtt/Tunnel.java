package io.sekimori.connection.mqtt;

import io.sekimori.identity.HttpProxy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.Socket;
import java.net.SocketAddress;
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
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * One connection in TLS through a proxy that was asked to CONNECT (RFC 9110 9.3.6). Who is at its end proves it by a
 * certificate for the broker's host; the proxy can only refuse. Thread-safe as sockets are.
 */
final class Tunnel extends Socket {

    private static final int MOST_HEAD_BYTES = 8192;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([0-9]{3})(?: .*)?");

    private final HttpProxy proxy;
    private final URI broker;
    private final SSLSocketFactory sockets;
    private final Socket near = new Socket();
    private volatile @Nullable SSLSocket tls;

    Tunnel(HttpProxy proxy, URI broker, SSLSocketFactory sockets) {
        this.proxy = proxy;
        this.broker = broker;
        this.sockets = sockets;
    }

    /** Connects to the broker; {@code unused} is what this machine takes its address for, if it knows one at all. */
    @Override
    public void connect(SocketAddress unused, int timeoutMillis) throws IOException {
        near.connect(new InetSocketAddress(proxy.host(), proxy.port()), timeoutMillis);
        near.setSoTimeout(timeoutMillis);
        ask(near.getOutputStream());
        demandTunnel(near.getInputStream(), timeoutMillis);
        SSLSocket made = (SSLSocket) sockets.createSocket(near, broker.getHost(), broker.getPort(), true);
        SSLParameters checks = made.getSSLParameters();
        checks.setEndpointIdentificationAlgorithm("HTTPS");
        made.setSSLParameters(checks);
        made.startHandshake();
        tls = made;
    }

    private void ask(OutputStream out) throws IOException {
        String place = broker.getHost() + ":" + broker.getPort();
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(ascii("CONNECT " + place + " HTTP/1.1\r\nHost: " + place + "\r\n"));
        if (proxy.credentials().isPresent()) {
            request.writeBytes(ascii("Proxy-Authorization: Basic "));
            request.writeBytes(basic(proxy.credentials().get()));
            request.writeBytes(ascii("\r\n"));
        }
        request.writeBytes(ascii("\r\n"));
        out.write(request.toByteArray());
        out.flush();
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

    private Socket ends() {
        SSLSocket made = tls;
        return made == null ? near : made;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return ends().getInputStream();
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return ends().getOutputStream();
    }

    @Override
    public void setSoTimeout(int millis) throws java.net.SocketException {
        near.setSoTimeout(millis);
    }

    @Override
    public boolean isConnected() {
        return tls != null;
    }

    @Override
    public boolean isClosed() {
        return near.isClosed();
    }

    @Override
    public void close() throws IOException {
        ends().close();
    }
}
