package io.sekimori.access;

import java.util.Objects;
import java.util.Set;

/**
 * Somebody who may sign in, as shown to others.
 *
 * @param name 2 to 64 of {@code a-z 0-9 . _ -}, beginning with a letter; see {@link #isName}
 * @param roles what they are trusted with
 * @param state whether they can use it
 * @param version grows with each change, from 1
 */
public record Person(String name, Set<Role> roles, State state, long version) {

    /** Whether a person can sign in. Stable names: add, never rename. */
    public enum State {
        /** The password is a one-time one: it allows to choose another, and nothing else. */
        PASSWORD_MUST_CHANGE,
        /** May sign in. */
        ACTIVE,
        /** May not. */
        DISABLED
    }

    /** @throws IllegalArgumentException if the name is malformed */
    public Person {
        if (!isName(name)) {
            throw new IllegalArgumentException("not the name of a person");
        }
        roles = Set.copyOf(roles);
        Objects.requireNonNull(state, "state");
    }

    /** Whether {@code text} can be the name of a person. */
    public static boolean isName(String text) {
        return text.matches("[a-z][a-z0-9._-]{1,63}");
    }
}
