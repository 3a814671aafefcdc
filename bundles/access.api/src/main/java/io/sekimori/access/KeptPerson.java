package io.sekimori.access;

import java.time.Instant;
import java.util.Objects;

/**
 * A person as stored.
 *
 * @param person what may be shown
 * @param passwordHash the password as an Argon2id string in PHC form, with its own salt and parameters
 * @param passwordSince when it was set; a one-time password ends some time after
 */
public record KeptPerson(Person person, String passwordHash, Instant passwordSince) {

    /** @throws NullPointerException if a part is null */
    public KeptPerson {
        Objects.requireNonNull(person, "person");
        Objects.requireNonNull(passwordHash, "passwordHash");
        Objects.requireNonNull(passwordSince, "passwordSince");
    }

    /** Without the hash, which helps a guesser. */
    @Override
    public String toString() {
        return "KeptPerson[" + person + "]";
    }
}
