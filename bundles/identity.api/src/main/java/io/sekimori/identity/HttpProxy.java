package io.sekimori.identity;

import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The site's proxy, through which connections to the console and its broker are made: by CONNECT (RFC 9110 9.3.6), so that it
 * sees where to and how much, and nothing of what is in TLS. Equal to another with the same place and the same credentials.
 *
 * <p>Thread-safe; immutable.
 *
 * @param host name or address; a name is looked up for each connection
 * @param port 1 to 65535
 * @param credentials name and password, which go to the proxy in the clear (RFC 7617); empty if it wants none
 */
public record HttpProxy(String host, int port, Optional<PasswordAuthentication> credentials) {

    // A console is no proxy and never answers so; what a proxy answers that opens no tunnel reaches the client as the
    // answer.
    private static final int PROXY_AUTHENTICATION_REQUIRED = 407;

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

    /** Why an answer with this status (RFC 9110 15.5.8) is a proxy's and not the console's; empty if it is the console's. */
    public static Optional<String> refusal(int status) {
        return status == PROXY_AUTHENTICATION_REQUIRED
                ? Optional.of("the proxy wants other credentials (status 407)")
                : Optional.empty();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof HttpProxy proxy
                && host.equals(proxy.host)
                && port == proxy.port
                && user().equals(proxy.user())
                && Arrays.equals(password(), proxy.password());
    }

    @Override
    public int hashCode() {
        return Objects.hash(host, port, user());
    }

    private Optional<String> user() {
        return credentials.map(PasswordAuthentication::getUserName);
    }

    private char[] password() {
        return credentials.map(PasswordAuthentication::getPassword).orElseGet(() -> new char[0]);
    }

    /** Its address; no credentials. */
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
