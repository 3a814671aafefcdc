package io.sekimori.web;

import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;

/**
 * Who is at the other end of the connection.
 *
 * @param caller who it is, as far as it is proved
 * @param address where the connection comes from, such as {@code 192.0.2.7}
 * @param certificates the chain of the client, its own first, whose key the TLS handshake proved; empty if it showed
 *     none. Whether it counts is not said: see {@link CallerCertificates}
 */
public record Peer(Caller caller, String address, List<X509Certificate> certificates) {

    /** @throws NullPointerException if a part is null */
    public Peer {
        Objects.requireNonNull(caller, "caller");
        Objects.requireNonNull(address, "address");
        certificates = List.copyOf(certificates);
    }

    /**
     * Whom to bound when nobody is proved: the address itself, but of IPv6 its network of 64 bits, within which one machine
     * has as many addresses as it likes (RFC 4291, 2.5.4), such as {@code 2001:db8:0:7}.
     */
    public String network() {
        return network(address);
    }

    /** As {@link #network()}, of an address as {@link java.net.InetAddress#getHostAddress} writes it. */
    public static String network(String address) {
        int colons = 0;
        for (int i = 0; i < address.length(); i++) {
            if (address.charAt(i) == ':' && ++colons == 4) {
                return address.substring(0, i);
            }
        }
        return address;
    }
}
