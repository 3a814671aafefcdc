package io.sekimori.access;

import java.time.Duration;

/** How the wish to be the first person was answered. */
public sealed interface FirstAnswer {

    /**
     * They are, and may sign in.
     *
     * @param person an administrator
     */
    record Made(Person person) implements FirstAnswer {}

    /**
     * Nobody was made.
     *
     * @param code why
     * @param retryAfter how long another try is refused unseen; zero if it is not
     */
    record Refused(AccessCode code, Duration retryAfter) implements FirstAnswer {}
}
