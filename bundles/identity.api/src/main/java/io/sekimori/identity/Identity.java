package io.sekimori.identity;

import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Who this gateway is. Costs a look at the attributes of one file, so it may be asked for each connection.
 *
 * <p>Thread-safe. Whoever keeps a connection hears of changes as an {@link IdentityListener}.
 */
@ProviderType
public interface Identity {

    /** The model, as on the nameplate that the maker put on the unit. */
    String model();

    /** The serial number, as on the nameplate. */
    String serial();

    /** What the gateway is at its console; empty until it has been enrolled. */
    Optional<Enrolled> enrolled();

    /**
     * What a connection to the console or its broker is made with: TLS 1.3, this gateway's certificate, and the
     * console's CA as the only one that is trusted. The caller must ask for the host to be checked (endpoint
     * identification {@code HTTPS}); a connection that does not is refused. The same object until the certificate
     * changes, so that sessions are resumed.
     *
     * @return empty until the gateway has been enrolled
     * @throws IdentityException if the gateway is enrolled and its key must not be used
     */
    Optional<SSLContext> tls() throws IdentityException;

    /**
     * The proxy by which the console and its broker are reached; empty if they are reached directly. The same object until
     * that is configured otherwise, of which a listener hears as of a new certificate.
     */
    default Optional<HttpProxy> proxy() {
        return Optional.empty();
    }
}
