package io.sekimori.web.jetty;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.internal.HttpConnection;

/**
 * Closes a connection on which the head of a request is not whole in time, be it the first or a later one: who sends a
 * byte now and then is never idle. A later one has between one and two times the limit.
 */
final class RequestLimit implements Connection.Listener {

    private final Connector connector;
    private final Duration limit;

    RequestLimit(Connector connector, Duration limit) {
        this.connector = connector;
        this.limit = limit;
    }

    @Override
    public void onOpened(Connection connection) {
        if (connection instanceof HttpConnection) {
            look(connection, Seen.OPENED);
        }
    }

    /**
     * How a connection stood.
     *
     * @param requests how many heads of requests were whole
     * @param begun whether the head of the next one had begun, so that the next look must find it whole
     */
    record Seen(long requests, long bytes, boolean begun) {

        /** The first request is to come at once. */
        static final Seen OPENED = new Seen(0, 0, true);

        /** How it stands now; empty if it is to be closed. */
        Optional<Seen> next(long requestsNow, long answered, long bytesNow) {
            boolean noneWhole = requestsNow == answered && requestsNow == requests;
            return noneWhole && begun
                    ? Optional.empty()
                    : Optional.of(new Seen(requestsNow, bytesNow, noneWhole && bytesNow > bytes));
        }
    }

    private void look(Connection connection, Seen before) {
        connector.getScheduler().schedule(() -> judge(connection, before), limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void judge(Connection connection, Seen before) {
        if (!connection.getEndPoint().isOpen()) {
            return;
        }
        Optional<Seen> now =
                before.next(connection.getMessagesIn(), connection.getMessagesOut(), connection.getBytesIn());
        if (now.isEmpty()) {
            connection.getEndPoint().close();
        } else {
            look(connection, now.get());
        }
    }
}
