package io.sekimori.ports;

import java.util.Comparator;
import java.util.Locale;
import java.util.Objects;

/**
 * One socket that takes connections or datagrams.
 *
 * @param transport what kind of socket it is
 * @param address an IP address without a scope, or the path of the socket
 * @param port 1 to 65535; 0 for {@link Transport#UNIX}
 * @param pid the process that has it; 0 if the system does not tell this user
 * @param program the name of that process, at most 64 characters; empty if it is not told
 * @param own whether it belongs to this process
 * @param bundle symbolic name of the bundle that declares it; empty if none does, or it is another process's
 */
public record Listener(
        Transport transport, String address, int port, long pid, String program, boolean own, String bundle)
        implements Comparable<Listener> {

    private static final Comparator<Listener> ORDER = Comparator.comparing(Listener::transport)
            .thenComparingInt(Listener::port)
            .thenComparing(Listener::address);

    /** What kind of socket it is. */
    public enum Transport {
        TCP,
        UDP,
        UNIX
    }

    /** @throws IllegalArgumentException if the port or the process id is out of range */
    public Listener {
        Objects.requireNonNull(transport, "transport");
        Objects.requireNonNull(address, "address");
        Objects.requireNonNull(program, "program");
        Objects.requireNonNull(bundle, "bundle");
        if (port < 0 || port > 65_535 || pid < 0) {
            throw new IllegalArgumentException("port or pid is out of range");
        }
    }

    /** By transport, port and address. */
    @Override
    public int compareTo(Listener other) {
        return ORDER.compare(this, other);
    }

    /** As people write it: {@code tcp 0.0.0.0:22}, {@code unix /run/x.sock}. */
    public String name() {
        String kind = transport.name().toLowerCase(Locale.ROOT);
        if (transport == Transport.UNIX) {
            return kind + " " + address;
        }
        return kind + " " + (address.contains(":") ? "[" + address + "]" : address) + ":" + port;
    }
}
