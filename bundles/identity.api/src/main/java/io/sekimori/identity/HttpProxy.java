package io.sekimori.identity;

import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The site's proxy, through which connections to the console and its broker are made: by CONNECT (RFC 9110 9.3.6), so that it
 * sees where to and how much, and nothing of what is in TLS. Equal only to itself where it has credentials.
 *
 * <p>Thread-safe; immutable.
 *
 * @param host name or address; a name is looked up for each connection
 * @param port 1 to 65535
 * @param credentials name and password, which go to the proxy in the clear (RFC 7617); empty if it wants none
 */
public record HttpProxy(String host, int port, Optional<PasswordAuthentication> credentials) {

    /** @throws IllegalArgumentException if a part is malformed */
    public HttpProxy {
        if (!host.matches("[A-Za-z0-9._:-]{1,253}") || port < 1 || port > 65_535) {
            throw new IllegalArgumentException("the proxy is not host:port");
        }
        if (credentials.isPresent() && !credentials.get().getUserName().matches("[^:\\p{Cntrl}]{1,200}")) {
            throw new IllegalArgumentException("the proxy's user is 1 to 200 characters without a colon");
        }
    }

    /** Has what {@code client} builds take this way. The proxy's credentials are told to nobody else. */
    public void carry(HttpClient.Builder client) {
        client.proxy(ProxySelector.of(InetSocketAddress.createUnresolved(host, port)));
        credentials.ifPresent(known -> client.authenticator(new Authenticator() {
            @Override
            protected @Nullable PasswordAuthentication getPasswordAuthentication() {
                return getRequestorType() == RequestorType.PROXY ? known : null;
            }
        }));
    }

    /** Its address; no credentials. */
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
