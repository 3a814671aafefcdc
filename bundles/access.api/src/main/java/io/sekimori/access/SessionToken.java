package io.sekimori.access;

import java.util.Optional;

/**
 * The secret of a session: whoever has it is taken for the person. 256 random bits as 43 characters of base64url. It
 * cannot be printed by accident. Immutable, thread-safe.
 */
public final class SessionToken {

    private final String text;

    private SessionToken(String text) {
        this.text = text;
    }

    /** The token that {@code text} is, or empty if it cannot be one. */
    public static Optional<SessionToken> of(String text) {
        return text.matches("[A-Za-z0-9_-]{43}") ? Optional.of(new SessionToken(text)) : Optional.empty();
    }

    /** The text, for a cookie or header alone. */
    public String reveal() {
        return text;
    }

    @Override
    public String toString() {
        return "[secret]";
    }
}
