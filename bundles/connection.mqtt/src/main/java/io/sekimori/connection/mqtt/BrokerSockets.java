package io.sekimori.connection.mqtt;

import io.sekimori.identity.HttpProxy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.util.Optional;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;

/**
 * Sockets to one broker, in TLS, with a guard against what it sends. No {@link SSLSocketFactory}, since the MQTT client makes TLS of one
 * of these only after it is connected: so in no tunnel, and with nobody between TLS and itself. Thread-safe.
 */
final class BrokerSockets extends SocketFactory {

    private final Optional<HttpProxy> proxy;
    private final URI broker;
    private final SSLSocketFactory tls;

    /**
     * @param proxy the way there, if not directly
     * @param broker whose certificate is demanded, whatever address is asked for
     */
    BrokerSockets(Optional<HttpProxy> proxy, URI broker, SSLSocketFactory tls) {
        this.proxy = proxy;
        this.broker = broker;
        this.tls = tls;
    }

    @Override
    public Socket createSocket() {
        return new BrokerSocket(proxy, broker, tls);
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        throw unconnected();
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress localHost, int localPort) throws IOException {
        throw unconnected();
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        throw unconnected();
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress localHost, int localPort) throws IOException {
        throw unconnected();
    }

    private static IOException unconnected() {
        return new IOException("only sockets that are not connected yet are made here");
    }
}
