package io.sekimori.web.jetty;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.internal.HttpConnection;

/** Closes a connection whose first request is not whole in time: one that sends a byte now and then is never idle. */
final class FirstRequestLimit implements Connection.Listener {

    private final Connector connector;
    private final Duration limit;

    FirstRequestLimit(Connector connector, Duration limit) {
        this.connector = connector;
        this.limit = limit;
    }

    @Override
    public void onOpened(Connection connection) {
        if (connection instanceof HttpConnection) {
            connector.getScheduler().schedule(() -> closeUnused(connection), limit.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private static void closeUnused(Connection connection) {
        if (connection.getMessagesIn() == 0) {
            connection.getEndPoint().close();
        }
    }
}
