package io.sekimori.identity;

import org.jspecify.annotations.Nullable;

/** The gateway cannot prove who it is. Whoever needed that must refuse. */
public final class IdentityException extends Exception {

    private static final long serialVersionUID = 1L;

    private final IdentityCode code;

    /**
     * @param code why
     * @param detail safe to show
     * @param cause what failed below, or null if nothing did
     */
    public IdentityException(IdentityCode code, String detail, @Nullable Throwable cause) {
        super(code + ": " + detail, cause);
        this.code = code;
    }

    /** Why. */
    public IdentityCode code() {
        return code;
    }
}
