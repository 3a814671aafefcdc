package io.sekimori.web.jetty;

import io.sekimori.web.ServerTls;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes each connection's TLS from the context of that moment: a new certificate counts for new connections, and those
 * that are open stay. Only TLS 1.3; a client may show a certificate. Without a {@link ServerTls} no connection is made.
 */
final class TlsEngines extends SslContextFactory.Server {

    private final Supplier<@Nullable ServerTls> tls;

    TlsEngines(Supplier<@Nullable ServerTls> tls) {
        this.tls = tls;
        setSslContext(empty());
    }

    @Override
    public SSLEngine newSSLEngine(String host, int port) {
        return engine();
    }

    @Override
    public SSLEngine newSSLEngine(InetSocketAddress address) {
        return engine();
    }

    private SSLEngine engine() {
        ServerTls current = tls.get();
        if (current == null) {
            throw new IllegalStateException("nothing provides the server's certificate");
        }
        SSLEngine engine = current.context().createSSLEngine();
        engine.setUseClientMode(false);
        engine.setEnabledProtocols(new String[] {"TLSv1.3"});
        engine.setWantClientAuth(true);
        return engine;
    }

    /** Jetty wants one at its start, and asks it for the names of ciphers alone. */
    private static SSLContext empty() {
        try {
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(null, null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has TLS 1.3", e);
        }
    }
}
