package io.sekimori.connection;

import org.jspecify.annotations.Nullable;

/** The connection could not take something over. Whoever handed it over still has it. */
public final class ConnectionException extends Exception {

    private static final long serialVersionUID = 1L;

    private final ConnectionCode code;

    /**
     * @param code why
     * @param detail safe to show, without secrets
     * @param cause what failed below, or null if nothing did
     */
    public ConnectionException(ConnectionCode code, String detail, @Nullable Throwable cause) {
        super(code + ": " + detail, cause);
        this.code = code;
    }

    /** Why. */
    public ConnectionCode code() {
        return code;
    }
}
