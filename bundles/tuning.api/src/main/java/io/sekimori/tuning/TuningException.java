package io.sekimori.tuning;

import org.jspecify.annotations.Nullable;

/** The records do not answer, so nothing can be said. */
public final class TuningException extends Exception {

    private static final long serialVersionUID = 1L;

    /** @param cause what failed below, or null if nothing did */
    public TuningException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
