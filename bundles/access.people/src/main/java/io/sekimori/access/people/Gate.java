package io.sekimori.access.people;

import io.sekimori.access.AccessCode;
import io.sekimori.access.AccessException;
import io.sekimori.access.Failures;
import io.sekimori.access.KeptPerson;
import io.sekimori.access.PeopleTable;
import io.sekimori.access.Person;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Checks passwords, and lets nobody try too often: neither one name from many addresses nor many names from one. Whom the
 * failures are counted for {@link FailureKeys} says. Thread-safe.
 */
final class Gate {

    /** How the audit calls whoever gave a name that nobody has. */
    static final String NOBODY_KNOWN = "(unknown)";

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
     * @param shown the name if somebody has it, for the audit: any other may be a password in the wrong field
     * @param code why it was refused; any code if it was not
     * @param left how long nothing is checked
     */
    record Outcome(Optional<KeptPerson> person, String shown, AccessCode code, Duration left) {

        static Outcome refused(String shown, AccessCode code, Duration left) {
            return new Outcome(Optional.empty(), shown, code, left);
        }
    }

    /** What was found when a failure was counted in advance. */
    private record Taken(Optional<KeptPerson> person, Duration left) {}

    /** Checks the password of {@code name}; a person who may not sign in is refused like a wrong password. */
    Outcome check(String name, char[] password, String from) throws AccessException {
        String given = Person.isName(name) ? name : "";
        Taken taken = takeBoth(given, from);
        String shown = taken.person().isPresent() ? given : NOBODY_KNOWN;
        // Before there is room to check it: who is turned away takes none.
        if (!taken.left().isZero()) {
            return Outcome.refused(shown, AccessCode.SIGN_IN_DELAYED, taken.left());
        }
        boolean fits;
        try {
            fits = around.hashing(FailureKeys.isHere(from), () -> fits(taken.person(), password));
        } catch (AccessException e) {
            putBack(given, from, OF_NAME::less); // nobody looked at it
            throw e;
        }
        boolean disabled = taken.person()
                .filter(kept -> kept.person().state() == Person.State.DISABLED)
                .isPresent();
        if (!fits || taken.person().isEmpty() || disabled) {
            return Outcome.refused(shown, AccessCode.CREDENTIALS_WRONG, Duration.ZERO);
        }
        putBack(given, from, before -> Failures.NONE);
        return new Outcome(taken.person(), shown, AccessCode.CREDENTIALS_WRONG, Duration.ZERO);
    }

    private boolean fits(Optional<KeptPerson> person, char[] password) {
        // A name that nobody has costs the same check as one that somebody has.
        Argon2Hash hash =
                person.flatMap(kept -> Argon2Hash.parse(kept.passwordHash())).orElseGet(around::hashOfNobody);
        boolean tooLong = password.length > PasswordRules.MOST_CHARACTERS;
        return hash.fits(tooLong ? new char[0] : password) && !tooLong;
    }

    /** Counts a failure in advance, or answers how long nothing is checked. */
    private Taken takeBoth(String name, String from) throws AccessException {
        Instant now = around.clock().instant();
        return around.store().change(table -> {
            String key = FailureKeys.ofName(table, name, from);
            Failures ofName = table.failures(key);
            Duration left = longer(OF_NAME.left(ofName, now), leftOfAddress(table, from, now));
            if (left.isZero()) {
                table.put(key, OF_NAME.more(ofName, now));
                countAddress(table, from, now);
            }
            return new Taken(table.person(name), left);
        });
    }

    /** Counts a failure of the address alone in advance, or answers how long nothing is checked. */
    Duration take(String from) throws AccessException {
        Instant now = around.clock().instant();
        return around.store().change(table -> {
            Duration left = leftOfAddress(table, from, now);
            if (left.isZero()) {
                countAddress(table, from, now);
            }
            return left;
        });
    }

    /** The try of the address succeeded. */
    void giveBack(String from) throws AccessException {
        around.store().change(table -> {
            forgiveAddress(table, from);
            return true;
        });
    }

    /** What becomes of the failures of a name. */
    @FunctionalInterface
    private interface Change {
        Failures of(Failures before);
    }

    /** The failure that was counted in advance was none: of the address it is taken back. */
    private void putBack(String name, String from, Change ofName) throws AccessException {
        around.store().change(table -> {
            String key = FailureKeys.ofName(table, name, from);
            table.put(key, ofName.of(table.failures(key)));
            forgiveAddress(table, from);
            return true;
        });
    }

    private static Duration leftOfAddress(PeopleTable table, String from, Instant now) throws AccessException {
        return OF_ADDRESS.left(table.failures(FailureKeys.ofAddress(from)), now);
    }

    private static void countAddress(PeopleTable table, String from, Instant now) throws AccessException {
        String key = FailureKeys.ofAddress(from);
        table.put(key, OF_ADDRESS.more(table.failures(key), now));
    }

    private static void forgiveAddress(PeopleTable table, String from) throws AccessException {
        String key = FailureKeys.ofAddress(from);
        table.put(key, OF_ADDRESS.less(table.failures(key)));
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }
}
