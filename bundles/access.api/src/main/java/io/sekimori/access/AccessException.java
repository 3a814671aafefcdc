package io.sekimori.access;

import org.jspecify.annotations.Nullable;

/** It could not be decided who somebody is; they must be refused. Never holds a password. */
public final class AccessException extends Exception {

    private static final long serialVersionUID = 1L;

    private final AccessCode code;

    /**
     * @param code why
     * @param detail safe to show, without secrets
     * @param cause what failed below, or null if nothing did
     */
    public AccessException(AccessCode code, String detail, @Nullable Throwable cause) {
        super(code + ": " + detail, cause);
        this.code = code;
    }

    /** Why. */
    public AccessCode code() {
        return code;
    }
}
