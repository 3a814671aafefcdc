package io.sekimori.update;

import org.jspecify.annotations.Nullable;

/** Something could not be answered; the {@link #reason} says why. */
public final class UpdateException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Reason reason;

    /** @param cause what failed below, or null if nothing did */
    public UpdateException(Reason reason, @Nullable Throwable cause) {
        super(reason.code() + ": " + reason.detail(), cause);
        this.reason = reason;
    }

    /** Why. */
    public Reason reason() {
        return reason;
    }
}
