package io.sekimori.connection;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Sends what must arrive. A notification lies on disk until the broker has acknowledged it, across lost connections,
 * restarts and swaps; it may arrive twice, and is sent after those that were handed over before.
 *
 * <p>Thread-safe. Absent for a moment while the connection is replaced: who must not lose a notification keeps it until
 * {@link #send} has returned. One that is handed to an outbox which has just been replaced is still sent.
 */
@ProviderType
public interface Outbox {

    /**
     * Takes a notification over; durable on return. Never waits for the network. When there is no room the oldest
     * progress goes, then the oldest outcome, which the audit records.
     *
     * @throws ConnectionException if it could not be kept; it will then not be sent
     */
    void send(Notification notification) throws ConnectionException;
}
