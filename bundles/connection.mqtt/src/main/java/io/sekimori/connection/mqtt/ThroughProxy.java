package io.sekimori.connection.mqtt;

import io.sekimori.identity.HttpProxy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import javax.net.SocketFactory;
import javax.net.ssl.SSLSocketFactory;

/**
 * Sockets to one broker, in TLS, through the site's proxy. No {@link SSLSocketFactory}, since the MQTT client makes TLS of one
 * of these only after it is connected, and so in no tunnel. Thread-safe.
 */
final class ThroughProxy extends SocketFactory {

    private final HttpProxy proxy;
    private final URI broker;
    private final SSLSocketFactory tls;

    /** @param broker the only one that is connected to, whatever address is asked for */
    ThroughProxy(HttpProxy proxy, URI broker, SSLSocketFactory tls) {
        this.proxy = proxy;
        this.broker = broker;
        this.tls = tls;
    }

    @Override
    public Socket createSocket() {
        return new Tunnel(proxy, broker, tls);
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
