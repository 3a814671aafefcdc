package io.sekimori.access;

/** How a wish to change who may sign in was answered. */
public sealed interface PersonChange {

    /**
     * It was done.
     *
     * @param person as they are now; as they were, when they were removed
     */
    record Done(Person person) implements PersonChange {}

    /**
     * It was done, and this password must reach the person.
     *
     * @param person as they are now
     * @param password to be shown once and closed
     */
    record WithPassword(Person person, OneTimePassword password) implements PersonChange {}

    /**
     * Nothing was changed.
     *
     * @param code why
     */
    record Refused(AccessCode code) implements PersonChange {}
}
