package io.sekimori.access.people;

import io.sekimori.access.AccessCode;
import io.sekimori.access.AccessException;
import io.sekimori.access.KeptPerson;
import io.sekimori.access.OneTimePassword;
import io.sekimori.access.PeopleStore;
import io.sekimori.access.Person;
import io.sekimori.access.Role;
import io.sekimori.audit.AuditEntry;
import io.sekimori.audit.AuditEntry.Verdict;
import io.sekimori.audit.AuditException;
import io.sekimori.audit.AuditLog;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/**
 * Makes the first administrator, before the console ever ran: there is no default password. Stateless.
 */
public final class FirstPerson {

    private FirstPerson() {}

    /** How the audit calls it: the first record of a console about people. */
    public static final String ACTION = "access.person.add";

    /**
     * Adds an administrator who must choose another password at the first sign-in.
     *
     * @param actor who does it, as the audit calls them, such as {@code local:root}
     * @return the one-time password, to be shown once and closed
     * @throws AccessException {@link AccessCode#PERSON_EXISTS} if there is anybody; {@link
     *     AccessCode#PERSON_NAME_MALFORMED} for what cannot be a name; {@link AccessCode#ACCESS_AUDIT_REFUSED} if the
     *     audit does not take it, and then nobody was added
     */
    public static OneTimePassword make(PeopleStore store, AuditLog audit, String name, String actor)
            throws AccessException {
        if (!Person.isName(name)) {
            throw new AccessException(AccessCode.PERSON_NAME_MALFORMED, "not the name of a person", null);
        }
        SecureRandom random = new SecureRandom();
        char[] password = OneTime.next(random);
        try {
            record(audit, actor, name, Verdict.ALLOWED, "");
            String hash = Argon2Hash.of(password, Argon2Hash.Cost.USUAL, random).text();
            Person person = new Person(name, Set.of(Role.ADMINISTRATOR), Person.State.PASSWORD_MUST_CHANGE, 1);
            return store.change(table -> {
                if (!table.people("", 1).isEmpty()) {
                    record(audit, actor, name, Verdict.FAILED, AccessCode.PERSON_EXISTS.name());
                    throw new AccessException(AccessCode.PERSON_EXISTS, "there is somebody already", null);
                }
                table.put(new KeptPerson(person, hash, Clock.systemUTC().instant()));
                return new OneTimePassword(password);
            });
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private static void record(AuditLog audit, String actor, String name, Verdict verdict, String reason)
            throws AccessException {
        try {
            audit.append(
                    new AuditEntry(actor, ACTION, name, verdict, reason, Map.of("roles", Role.ADMINISTRATOR.name())));
        } catch (AuditException e) {
            throw new AccessException(AccessCode.ACCESS_AUDIT_REFUSED, String.valueOf(e.getMessage()), e);
        }
    }
}
