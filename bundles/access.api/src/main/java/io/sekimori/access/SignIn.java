package io.sekimori.access;

import java.time.Duration;

/** How a sign-in was answered. */
public sealed interface SignIn {

    /**
     * The person is who they say.
     *
     * @param session what they may do
     * @param token proves it from now on
     */
    record SignedIn(Session session, SessionToken token) implements SignIn {}

    /**
     * They are not, or must wait. Says the same for a name that does not exist as for a wrong password.
     *
     * @param code why
     * @param retryAfter how long another try is refused unseen; zero if it is not
     */
    record Refused(AccessCode code, Duration retryAfter) implements SignIn {}
}
