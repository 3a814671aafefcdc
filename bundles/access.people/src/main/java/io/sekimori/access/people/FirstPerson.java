package io.sekimori.access.people;

import io.sekimori.access.AccessCode;
import io.sekimori.access.AccessException;
import io.sekimori.access.KeptPerson;
import io.sekimori.access.OneTimePassword;
import io.sekimori.access.PeopleStore;
import io.sekimori.access.Person;
import io.sekimori.access.Role;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.Set;

/**
 * Makes the first administrator, before the console ever ran: there is no default password, and no audit yet. Stateless.
 */
public final class FirstPerson {

    private FirstPerson() {}

    /**
     * Adds an administrator who must choose another password at the first sign-in.
     *
     * @return the one-time password, to be shown once and closed
     * @throws AccessException {@link AccessCode#PERSON_EXISTS} if there is anybody; {@link
     *     AccessCode#PERSON_NAME_MALFORMED} for what cannot be a name
     */
    public static OneTimePassword make(PeopleStore store, String name) throws AccessException {
        if (!Person.isName(name)) {
            throw new AccessException(AccessCode.PERSON_NAME_MALFORMED, "not the name of a person", null);
        }
        SecureRandom random = new SecureRandom();
        char[] password = OneTime.next(random);
        try {
            String hash = Argon2Hash.of(password, Argon2Hash.Cost.USUAL, random).text();
            Person person = new Person(name, Set.of(Role.ADMINISTRATOR), Person.State.PASSWORD_MUST_CHANGE, 1);
            return store.change(table -> {
                if (!table.people("", 1).isEmpty()) {
                    throw new AccessException(AccessCode.PERSON_EXISTS, "there is somebody already", null);
                }
                table.put(new KeptPerson(person, hash, Clock.systemUTC().instant()));
                return new OneTimePassword(password);
            });
        } finally {
            Arrays.fill(password, '\0');
        }
    }
}
