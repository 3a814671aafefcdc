package io.sekimori.authority;

import org.jspecify.annotations.Nullable;

/** The authority could not act or answer. Whoever needed it must refuse. */
public final class AuthorityException extends Exception {

    private static final long serialVersionUID = 1L;

    private final AuthorityCode code;

    /**
     * @param code why
     * @param detail safe to show
     * @param cause what failed below, or null if nothing did
     */
    public AuthorityException(AuthorityCode code, String detail, @Nullable Throwable cause) {
        super(code + ": " + detail, cause);
        this.code = code;
    }

    /** Why. */
    public AuthorityCode code() {
        return code;
    }
}
