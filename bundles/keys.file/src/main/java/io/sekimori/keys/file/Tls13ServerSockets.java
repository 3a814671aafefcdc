package io.sekimori.keys.file;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLServerSocketFactory;

/** Makes listening sockets that speak TLS 1.3 alone. Thread-safe. */
final class Tls13ServerSockets extends SSLServerSocketFactory {

    private final SSLServerSocketFactory sockets;

    Tls13ServerSockets(SSLServerSocketFactory sockets) {
        this.sockets = sockets;
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return sockets.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return sockets.getSupportedCipherSuites();
    }

    @Override
    public ServerSocket createServerSocket() throws IOException {
        return only(sockets.createServerSocket());
    }

    @Override
    public ServerSocket createServerSocket(int port) throws IOException {
        return only(sockets.createServerSocket(port));
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog) throws IOException {
        return only(sockets.createServerSocket(port, backlog));
    }

    @Override
    public ServerSocket createServerSocket(int port, int backlog, InetAddress address) throws IOException {
        return only(sockets.createServerSocket(port, backlog, address));
    }

    private static ServerSocket only(ServerSocket socket) {
        ((SSLServerSocket) socket).setEnabledProtocols(new String[] {Tls13Context.PROTOCOL});
        return socket;
    }
}
