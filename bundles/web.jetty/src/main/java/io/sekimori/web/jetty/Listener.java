package io.sekimori.web.jetty;

import io.sekimori.web.ServerTls;
import java.io.IOException;
import java.util.function.Supplier;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/** One open port. Thread-safe once opened. */
final class Listener implements AutoCloseable {

    private static final int MOST_THREADS = 64;
    private static final int LEAST_THREADS = 8;
    private static final int HEADER_BYTES = 8 << 10;
    private static final int BACKLOG = 512;
    private static final long STOP_MILLIS = 5_000;

    private final Server server;
    private final ServerConnector connector;

    private Listener(Server server, ServerConnector connector) {
        this.server = server;
        this.connector = connector;
    }

    /**
     * Opens the port.
     *
     * @throws IOException if it is taken or the address is not one of this machine
     */
    static Listener open(Settings settings, Supplier<@Nullable ServerTls> tls, Handler handler) throws IOException {
        QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS, LEAST_THREADS);
        threads.setName("sekimori-web");
        threads.setDaemon(true);
        Server server = new Server(threads);
        ServerConnector connector =
                new ServerConnector(server, new SslConnectionFactory(new TlsEngines(tls), "http/1.1"), http(settings));
        connector.setHost(settings.host());
        connector.setPort(settings.port());
        connector.setIdleTimeout(settings.idle().toMillis());
        connector.setAcceptQueueSize(BACKLOG);
        connector.addBean(new NetworkConnectionLimit(settings.connections(), connector));
        connector.addBean(new AddressLimit(settings.connectionsOfOne(), settings.connections()));
        connector.addBean(new RequestLimit(connector, settings.firstRequest()));
        server.addConnector(connector);
        server.setHandler(handler);
        server.setErrorHandler(new JettyErrors());
        server.setStopTimeout(STOP_MILLIS);
        Listener listener = new Listener(server, connector);
        boolean opened = false;
        try {
            start(server);
            opened = true;
            return listener;
        } finally {
            if (!opened) {
                listener.close();
            }
        }
    }

    private static HttpConnectionFactory http(Settings settings) {
        HttpConfiguration http = new HttpConfiguration();
        http.setRequestHeaderSize(HEADER_BYTES);
        http.setSendServerVersion(false);
        http.setSendXPoweredBy(false);
        // Who is called is told by the certificate's names; the Host header is compared where it matters, with Origin.
        http.addCustomizer(new SecureRequestCustomizer(false));
        return new HttpConnectionFactory(http);
    }

    /** The port that is open. */
    int port() {
        return connector.getLocalPort();
    }

    private static void start(Server server) throws IOException {
        try {
            LifeCycle.start(server);
        } catch (RuntimeException e) {
            throw new IOException("the port was not opened: " + e.getMessage(), e);
        }
    }

    /** Closes the port, and after a bounded time the connections too. */
    @Override
    public void close() {
        LifeCycle.stop(server);
    }
}
