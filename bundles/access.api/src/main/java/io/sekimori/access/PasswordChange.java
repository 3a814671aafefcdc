package io.sekimori.access;

import java.time.Duration;

/** How a wish for another password was answered. */
public sealed interface PasswordChange {

    /**
     * It counts from now on; the token of before no longer does.
     *
     * @param session the session goes on
     * @param token its new token
     */
    record Changed(Session session, SessionToken token) implements PasswordChange {}

    /**
     * Nothing was changed.
     *
     * @param code which rule it breaks
     * @param retryAfter how long another try is refused unseen; zero if it is not
     */
    record Refused(AccessCode code, Duration retryAfter) implements PasswordChange {}
}
