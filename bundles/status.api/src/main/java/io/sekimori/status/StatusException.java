package io.sekimori.status;

import org.jspecify.annotations.Nullable;

/** The status could not be signed. It is then not sent; the next one is. */
public final class StatusException extends Exception {

    private static final long serialVersionUID = 1L;

    private final StatusCode code;

    /**
     * @param code why
     * @param detail safe to show
     * @param cause what failed below, or null if nothing did
     */
    public StatusException(StatusCode code, String detail, @Nullable Throwable cause) {
        super(code + ": " + detail, cause);
        this.code = code;
    }

    /** Why. */
    public StatusCode code() {
        return code;
    }
}
