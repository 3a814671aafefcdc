package io.sekimori.web.jetty;

import io.sekimori.web.Peer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ssl.SslConnection;

/**
 * Closes a connection at once, before its TLS costs anything, if its address holds as many as one may: so that nobody
 * keeps everybody else out. Connections from this machine itself are not counted, since a proxy or a tunnel on it brings
 * many people. Thread-safe.
 */
final class AddressLimit implements Connection.Listener {

    private final int most;
    private final Predicate<InetAddress> free;
    private final Map<Connection, String> held = new ConcurrentHashMap<>();
    private final Map<String, Integer> counts = new ConcurrentHashMap<>();

    AddressLimit(int most) {
        this(most, InetAddress::isLoopbackAddress);
    }

    /** @param free whose connections are not counted */
    AddressLimit(int most, Predicate<InetAddress> free) {
        this.most = most;
        this.free = free;
    }

    @Override
    public void onOpened(Connection connection) {
        if (connection instanceof SslConnection
                && connection.getEndPoint().getRemoteSocketAddress() instanceof InetSocketAddress peer) {
            Optional<String> network = counted(peer.getAddress());
            if (network.isPresent()) {
                held.put(connection, network.get());
                if (!enter(network.get())) {
                    connection.getEndPoint().close();
                }
            }
        }
    }

    @Override
    public void onClosed(Connection connection) {
        String network = held.remove(connection);
        if (network != null) {
            leave(network);
        }
    }

    /** Whose count a connection from there belongs to; empty for those that are not counted. */
    Optional<String> counted(InetAddress address) {
        return free.test(address) ? Optional.empty() : Optional.of(Peer.network(address.getHostAddress()));
    }

    /** Counts one; whether it may stay. */
    boolean enter(String network) {
        return counts.merge(network, 1, Integer::sum) <= most;
    }

    /** One that was counted has gone. */
    void leave(String network) {
        counts.computeIfPresent(network, (key, count) -> count == 1 ? null : count - 1);
    }

    /** How many addresses hold connections. */
    int addresses() {
        return counts.size();
    }
}
