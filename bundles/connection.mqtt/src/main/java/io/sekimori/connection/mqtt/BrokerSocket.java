package io.sekimori.connection.mqtt;

import io.sekimori.identity.HttpProxy;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.URI;
import java.util.Optional;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * One connection in TLS to the broker, straight or through the site's proxy. Who is at its end proves it by a certificate for
 * the broker's host, and sends and takes no more than {@link PacketGuard} lets through. Thread-safe as sockets are.
 */
final class BrokerSocket extends Socket {

    // Without a bound, closing waits for ever for a writer that hangs in a dead network.
    private static final int LINGER_SECONDS = 2;

    private final Optional<HttpProxy> proxy;
    private final URI broker;
    private final SSLSocketFactory sockets;
    private final Socket near = new Socket();
    private volatile @Nullable Ends ends;

    /** The far end, once it has proved who it is. */
    private record Ends(SSLSocket tls, InputStream in, OutputStream out) {}

    BrokerSocket(Optional<HttpProxy> proxy, URI broker, SSLSocketFactory sockets) {
        this.proxy = proxy;
        this.broker = broker;
        this.sockets = sockets;
    }

    /** @param straight the broker's address, which is of no use, and may not be known here, where there is a proxy */
    @Override
    public void connect(SocketAddress straight, int timeoutMillis) throws IOException {
        near.setSoLinger(true, LINGER_SECONDS);
        if (proxy.isPresent()) {
            HttpProxy way = proxy.get();
            near.connect(new InetSocketAddress(way.host(), way.port()), timeoutMillis);
            near.setSoTimeout(timeoutMillis);
            new Tunnel(way, broker).open(near, timeoutMillis);
        } else {
            near.connect(straight, timeoutMillis);
            near.setSoTimeout(timeoutMillis);
        }
        SSLSocket tls = (SSLSocket) sockets.createSocket(near, broker.getHost(), broker.getPort(), true);
        SSLParameters checks = tls.getSSLParameters();
        checks.setEndpointIdentificationAlgorithm("HTTPS");
        tls.setSSLParameters(checks);
        tls.startHandshake();
        PacketGuard guard = new PacketGuard();
        ends = new Ends(tls, guard.from(tls.getInputStream()), guard.to(tls.getOutputStream()));
    }

    private Ends ends() throws IOException {
        Ends made = ends;
        if (made == null) {
            throw new SocketException("not connected");
        }
        return made;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return ends().in();
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return ends().out();
    }

    @Override
    public void setSoTimeout(int millis) throws SocketException {
        near.setSoTimeout(millis);
    }

    @Override
    public boolean isConnected() {
        return ends != null;
    }

    @Override
    public boolean isClosed() {
        return near.isClosed();
    }

    @Override
    public void close() throws IOException {
        Ends made = ends;
        if (made == null) {
            near.close();
        } else {
            made.tls().close();
        }
    }
}
