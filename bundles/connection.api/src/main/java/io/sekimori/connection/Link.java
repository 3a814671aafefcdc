package io.sekimori.connection;

import java.time.Instant;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** How the gateway stands with its console. Thread-safe; answers at once. */
@ProviderType
public interface Link {

    /** What is true now. */
    Status status();

    /**
     * One look at the connection.
     *
     * @param state what is true now
     * @param since since when
     * @param detail the broker's address or why there is no connection, safe to show; may be empty
     * @param nextTry when the next attempt is made; empty unless {@link State#WAITING}
     * @param waiting how many notifications wait for the broker's acknowledgement
     */
    record Status(State state, Instant since, String detail, Optional<Instant> nextTry, int waiting) {}

    /** The states of a connection. */
    enum State {
        /** The gateway has no identity yet, so there is nobody to connect as. */
        NOT_ENROLLED,
        /** An attempt is under way. */
        CONNECTING,
        /** The broker has accepted the gateway, and the gateway its subscription. */
        CONNECTED,
        /** An attempt failed or the connection was lost; the next attempt has its time. */
        WAITING,
        /** Being replaced. */
        CLOSED
    }
}
