package io.sekimori.web.jetty;

import io.sekimori.web.Peer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ssl.SslConnection;

/**
 * Closes a connection at once, before its TLS costs anything, if its address holds as many as one may: so that nobody
 * keeps everybody else out. Connections from this machine itself are not counted, since a proxy or a tunnel on it brings
 * many people; some are kept for it, so that however many addresses there are, who is at the machine comes in. Thread-safe.
 */
final class AddressLimit implements Connection.Listener {

    /** How many connections are kept for this machine itself. */
    static final int KEPT_FOR_THIS_MACHINE = 8;

    private final int most;
    private final int mostOfStrangers;
    private final Predicate<InetAddress> free;
    private final Map<Connection, String> held = new ConcurrentHashMap<>();
    private final Map<String, Integer> counts = new ConcurrentHashMap<>();
    private final AtomicInteger strangers = new AtomicInteger();

    AddressLimit(int most, int mostOfAll) {
        this(most, mostOfAll, InetAddress::isLoopbackAddress);
    }

    /** @param free whose connections are not counted */
    AddressLimit(int most, int mostOfAll, Predicate<InetAddress> free) {
        this.most = most;
        this.mostOfStrangers = mostOfAll - KEPT_FOR_THIS_MACHINE;
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
        // Both counts, also of one that may not stay: it leaves like the others.
        boolean oneOfMany = strangers.incrementAndGet() <= mostOfStrangers;
        return counts.merge(network, 1, Integer::sum) <= most && oneOfMany;
    }

    /** One that was counted has gone. */
    void leave(String network) {
        strangers.decrementAndGet();
        counts.computeIfPresent(network, (key, count) -> count == 1 ? null : count - 1);
    }

    /** How many addresses hold connections. */
    int addresses() {
        return counts.size();
    }
}
