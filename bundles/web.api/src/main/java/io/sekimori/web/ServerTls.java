package io.sekimori.web;

import javax.net.ssl.SSLContext;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * The certificate and key of the server, and whose client certificates it takes. Without such a service nothing is
 * served.
 *
 * <p>Thread-safe. Asked at each new connection, so it answers quickly and with the certificate of now; connections that
 * are open keep what they began with.
 */
@ConsumerType
public interface ServerTls {

    /** The context for a server; a client may show a certificate and need not. */
    SSLContext context();
}
