package io.sekimori.access.people;

import io.sekimori.access.AccessCode;
import io.sekimori.access.AccessException;
import io.sekimori.access.KeptPerson;
import io.sekimori.access.OneTimePassword;
import io.sekimori.access.People;
import io.sekimori.access.PeopleTable;
import io.sekimori.access.Person;
import io.sekimori.access.PersonChange;
import io.sekimori.access.Role;
import io.sekimori.audit.AuditEntry.Verdict;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The people who may sign in. Thread-safe. */
final class Register implements People {

    private static final int MOST_AT_ONCE = 1_000;

    private final Surroundings around;

    Register(Surroundings around) {
        this.around = around;
    }

    /** A change within a transaction: what there is becomes what there will be, or a refusal. */
    @FunctionalInterface
    private interface Change {
        PersonChange in(PeopleTable table) throws AccessException;
    }

    @Override
    public Optional<Person> find(String name) throws AccessException {
        return around.store().look(table -> table.person(name)).map(KeptPerson::person);
    }

    @Override
    public List<Person> page(String after, int limit) throws AccessException {
        if (limit < 1 || limit > MOST_AT_ONCE) {
            throw new IllegalArgumentException("limit is 1 to " + MOST_AT_ONCE);
        }
        return around.store().look(table -> table.people(after, limit)).stream()
                .map(KeptPerson::person)
                .toList();
    }

    @Override
    public PersonChange add(String name, Set<Role> roles, String actor) throws AccessException {
        String shown = Person.isName(name) ? name : "(not a name)";
        if (!Person.isName(name)) {
            return refused(actor, "access.person.add", shown, AccessCode.PERSON_NAME_MALFORMED);
        }
        if (roles.isEmpty()) {
            return refused(actor, "access.person.add", shown, AccessCode.PERSON_WITHOUT_ROLE);
        }
        char[] password = OneTime.next(around.random());
        try {
            String hash = around.hash(password);
            Person person = new Person(name, roles, Person.State.PASSWORD_MUST_CHANGE, 1);
            return audited(actor, "access.person.add", name, Map.of("roles", words(roles)), table -> {
                if (table.person(name).isPresent()) {
                    return new PersonChange.Refused(AccessCode.PERSON_EXISTS);
                }
                table.put(new KeptPerson(person, hash, around.clock().instant()));
                return new PersonChange.WithPassword(person, new OneTimePassword(password));
            });
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    @Override
    public PersonChange change(String name, long version, Set<Role> roles, boolean disabled, String actor)
            throws AccessException {
        if (roles.isEmpty()) {
            return refused(actor, "access.person.change", name, AccessCode.PERSON_WITHOUT_ROLE);
        }
        Map<String, String> detail = Map.of("roles", words(roles), "disabled", String.valueOf(disabled));
        return audited(actor, "access.person.change", name, detail, table -> {
            Optional<KeptPerson> kept = table.person(name);
            if (kept.isEmpty()) {
                return new PersonChange.Refused(AccessCode.PERSON_UNKNOWN);
            }
            Person before = kept.get().person();
            if (before.version() != version) {
                return new PersonChange.Refused(AccessCode.PERSON_CHANGED);
            }
            boolean stays = !disabled && roles.contains(Role.ADMINISTRATOR);
            if (!stays && isLastAdministrator(table, before)) {
                return new PersonChange.Refused(AccessCode.LAST_ADMINISTRATOR);
            }
            Person changed = new Person(name, roles, state(before, disabled), version + 1);
            // Whoever comes back must choose anew: the old password may have been given away meanwhile.
            table.put(new KeptPerson(
                    changed, kept.get().passwordHash(), kept.get().passwordSince()));
            if (disabled) {
                Sessions.endAll(table, name);
            }
            return new PersonChange.Done(changed);
        });
    }

    private static Person.State state(Person before, boolean disabled) {
        if (disabled) {
            return Person.State.DISABLED;
        }
        return before.state() == Person.State.DISABLED ? Person.State.PASSWORD_MUST_CHANGE : before.state();
    }

    @Override
    public PersonChange resetPassword(String name, String actor) throws AccessException {
        char[] password = OneTime.next(around.random());
        try {
            String hash = around.hash(password);
            return audited(actor, "access.password.reset", name, Map.of(), table -> {
                Optional<KeptPerson> kept = table.person(name);
                if (kept.isEmpty()) {
                    return new PersonChange.Refused(AccessCode.PERSON_UNKNOWN);
                }
                Person before = kept.get().person();
                Person.State state = before.state() == Person.State.DISABLED
                        ? Person.State.DISABLED
                        : Person.State.PASSWORD_MUST_CHANGE;
                Person changed = new Person(name, before.roles(), state, before.version() + 1);
                table.put(new KeptPerson(changed, hash, around.clock().instant()));
                FailureKeys.forget(table, name);
                Sessions.endAll(table, name);
                return new PersonChange.WithPassword(changed, new OneTimePassword(password));
            });
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    @Override
    public PersonChange remove(String name, long version, String actor) throws AccessException {
        return audited(actor, "access.person.remove", name, Map.of(), table -> {
            Optional<KeptPerson> kept = table.person(name);
            if (kept.isEmpty()) {
                return new PersonChange.Refused(AccessCode.PERSON_UNKNOWN);
            }
            if (kept.get().person().version() != version) {
                return new PersonChange.Refused(AccessCode.PERSON_CHANGED);
            }
            if (isLastAdministrator(table, kept.get().person())) {
                return new PersonChange.Refused(AccessCode.LAST_ADMINISTRATOR);
            }
            Sessions.endAll(table, name);
            table.removePerson(name);
            return new PersonChange.Done(kept.get().person());
        });
    }

    @Override
    public int endSessions(String name, String actor) throws AccessException {
        around.record(actor, "access.sessions.end", subject(name), Verdict.ALLOWED, "", Map.of());
        return around.store().change(table -> Sessions.endAll(table, name));
    }

    /** Records the wish, does it, and records how it ended unless it was done as wished. */
    private PersonChange audited(String actor, String action, String name, Map<String, String> detail, Change change)
            throws AccessException {
        around.record(actor, action, subject(name), Verdict.ALLOWED, "", detail);
        PersonChange answer = around.store().change(change::in);
        if (answer instanceof PersonChange.Refused refused) {
            around.record(
                    actor, action, subject(name), Verdict.FAILED, refused.code().name(), Map.of());
        }
        return answer;
    }

    private PersonChange refused(String actor, String action, String name, AccessCode code) throws AccessException {
        around.record(actor, action, subject(name), Verdict.REFUSED, code.name(), Map.of());
        return new PersonChange.Refused(code);
    }

    private static String subject(String name) {
        return Person.isName(name) ? name : "(not a name)";
    }

    private static boolean isLastAdministrator(PeopleTable table, Person person) throws AccessException {
        if (!isAdministrator(person)) {
            return false;
        }
        String after = "";
        while (true) {
            List<KeptPerson> page = table.people(after, MOST_AT_ONCE);
            for (KeptPerson other : page) {
                if (isAdministrator(other.person()) && !other.person().name().equals(person.name())) {
                    return false;
                }
            }
            if (page.size() < MOST_AT_ONCE) {
                return true;
            }
            after = page.get(page.size() - 1).person().name();
        }
    }

    private static boolean isAdministrator(Person person) {
        return person.state() != Person.State.DISABLED && person.roles().contains(Role.ADMINISTRATOR);
    }

    private static String words(Set<Role> roles) {
        return String.join(" ", new TreeSet<>(roles.stream().map(Role::name).toList()));
    }
}
