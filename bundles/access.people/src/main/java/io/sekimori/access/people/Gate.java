package io.sekimori.access.people;

import io.sekimori.access.AccessCode;
import io.sekimori.access.AccessException;
import io.sekimori.access.Failures;
import io.sekimori.access.KeptPerson;
import io.sekimori.access.KeptSession;
import io.sekimori.access.PeopleTable;
import io.sekimori.access.Person;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Checks passwords, and lets nobody try too often: neither one name from many addresses nor many names from one. An
 * address where the person is signed in has a count of its own, so that strangers who try a name in vain cannot keep out
 * whom it belongs to. Thread-safe.
 */
final class Gate {

    private static final Duration LONGEST = Duration.ofMinutes(15);
    private static final Delays OF_NAME = new Delays(5, Duration.ofSeconds(2), LONGEST);
    /** Many people may share an address. */
    private static final Delays OF_ADDRESS = new Delays(20, Duration.ofSeconds(1), LONGEST);

    private final Surroundings around;

    Gate(Surroundings around) {
        this.around = around;
    }

    /**
     * What came of a try.
     *
     * @param person whose password it is; empty if it was refused
     * @param code why it was refused; any code if it was not
     * @param left how long nothing is checked
     */
    record Outcome(Optional<KeptPerson> person, AccessCode code, Duration left) {

        static Outcome refused(AccessCode code, Duration left) {
            return new Outcome(Optional.empty(), code, left);
        }
    }

    /** Checks the password of {@code name}; a person who may not sign in is refused like a wrong password. */
    Outcome check(String name, char[] password, String from) throws AccessException {
        return around.hashing(() -> checkNow(name, password, from));
    }

    private Outcome checkNow(String name, char[] password, String from) throws AccessException {
        String known = Person.isName(name) ? name : "";
        Duration left = take(known, from);
        if (!left.isZero()) {
            return Outcome.refused(AccessCode.SIGN_IN_DELAYED, left);
        }
        Optional<KeptPerson> person =
                known.isEmpty() ? Optional.empty() : around.store().look(table -> table.person(known));
        // A name that nobody has costs the same check as one that somebody has.
        Argon2Hash hash =
                person.flatMap(kept -> Argon2Hash.parse(kept.passwordHash())).orElseGet(around::hashOfNobody);
        boolean tooLong = password.length > PasswordRules.MOST_CHARACTERS;
        boolean fits = hash.fits(tooLong ? new char[0] : password);
        boolean disabled = person.filter(kept -> kept.person().state() == Person.State.DISABLED)
                .isPresent();
        if (!fits || tooLong || person.isEmpty() || disabled) {
            return Outcome.refused(AccessCode.CREDENTIALS_WRONG, Duration.ZERO);
        }
        giveBack(known, from);
        return new Outcome(person, AccessCode.CREDENTIALS_WRONG, Duration.ZERO);
    }

    /** Counts a failure in advance, or answers how long nothing is checked. */
    private Duration take(String name, String from) throws AccessException {
        Instant now = around.clock().instant();
        return around.store().change(table -> {
            String nameKey = nameKey(table, name, from);
            Failures ofName = table.failures(nameKey);
            Failures ofAddress = table.failures(addressKey(from));
            Duration left = longer(OF_NAME.left(ofName, now), OF_ADDRESS.left(ofAddress, now));
            if (left.isZero()) {
                table.put(nameKey, OF_NAME.more(ofName, now));
                table.put(addressKey(from), OF_ADDRESS.more(ofAddress, now));
            }
            return left;
        });
    }

    /** Counts a failure of the address alone in advance, or answers how long nothing is checked. */
    Duration take(String from) throws AccessException {
        Instant now = around.clock().instant();
        return around.store().change(table -> {
            Failures ofAddress = table.failures(addressKey(from));
            Duration left = OF_ADDRESS.left(ofAddress, now);
            if (left.isZero()) {
                table.put(addressKey(from), OF_ADDRESS.more(ofAddress, now));
            }
            return left;
        });
    }

    /** The try of the address succeeded. */
    void giveBack(String from) throws AccessException {
        around.store().change(table -> {
            table.put(addressKey(from), OF_ADDRESS.less(table.failures(addressKey(from))));
            return true;
        });
    }

    /** The try succeeded: the name is clean, and the address has one failure fewer. */
    private void giveBack(String name, String from) throws AccessException {
        around.store().change(table -> {
            table.put(nameKey(table, name, from), Failures.NONE);
            table.put(addressKey(from), OF_ADDRESS.less(table.failures(addressKey(from))));
            return true;
        });
    }

    private static String nameKey(PeopleTable table, String name, String from) throws AccessException {
        String address = addressKey(from);
        for (KeptSession session : table.sessions(name)) {
            if (addressKey(session.from()).equals(address)) {
                return nameKey(name) + " " + address;
            }
        }
        return nameKey(name);
    }

    static String nameKey(String name) {
        // All that can be nobody's name share a key: their number has no bound.
        return "name:" + name;
    }

    /** An address of IPv6 stands for its network of 64 bits, within which one machine has as many as it likes. */
    static String addressKey(String from) {
        int colons = 0;
        for (int i = 0; i < from.length(); i++) {
            if (from.charAt(i) == ':' && ++colons == 4) {
                return "from:" + from.substring(0, i);
            }
        }
        return "from:" + (from.length() > 60 ? from.substring(0, 60) : from);
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }
}
