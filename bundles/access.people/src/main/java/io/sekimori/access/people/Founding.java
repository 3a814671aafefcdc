package io.sekimori.access.people;

import io.sekimori.access.AccessCode;
import io.sekimori.access.AccessException;
import io.sekimori.access.FirstAnswer;
import io.sekimori.access.FirstSignIn;
import io.sekimori.access.KeptPerson;
import io.sekimori.access.Person;
import io.sekimori.access.Role;
import io.sekimori.audit.AuditEntry.Verdict;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes the first person where nobody is. Thread-safe. */
final class Founding implements FirstSignIn {

    private static final String ACTION = "access.person.first";

    private final Surroundings around;
    private final Gate gate;
    private final PasswordRules rules;
    private final TurnedAway turnedAway;

    Founding(Surroundings around, Gate gate, PasswordRules rules) {
        this.around = around;
        this.gate = gate;
        this.rules = rules;
        this.turnedAway = new TurnedAway(around.clock());
    }

    @Override
    public boolean isOpen() throws AccessException {
        return around.store().look(table -> table.people("", 1).isEmpty());
    }

    @Override
    public FirstAnswer begin(String name, char[] password, Proof proof, String from) throws AccessException {
        Optional<AccessCode> broken = broken(name, password);
        if (broken.isPresent()) {
            return turnedAway(broken.get(), Duration.ZERO, from);
        }
        Duration left = gate.take(from);
        if (!left.isZero()) {
            return turnedAway(AccessCode.SIGN_IN_DELAYED, left, from);
        }
        if (!proof.holds()) {
            record(Gate.NOBODY_KNOWN, Verdict.REFUSED, AccessCode.ACTIVATION_CODE_WRONG, from, 1);
            return new FirstAnswer.Refused(AccessCode.ACTIVATION_CODE_WRONG, Duration.ZERO);
        }
        String hash = around.hash(password);
        around.record("anonymous", ACTION, name, Verdict.ALLOWED, "", Map.of("from", from));
        Person person = new Person(name, Set.of(Role.ADMINISTRATOR), Person.State.ACTIVE, 1);
        boolean made = around.store().change(table -> {
            boolean first = table.people("", 1).isEmpty();
            if (first) {
                table.put(new KeptPerson(person, hash, around.clock().instant()));
            }
            return first;
        });
        if (!made) {
            record(name, Verdict.FAILED, AccessCode.FIRST_PERSON_EXISTS, from, 1);
            return new FirstAnswer.Refused(AccessCode.FIRST_PERSON_EXISTS, Duration.ZERO);
        }
        gate.giveBack(from);
        return new FirstAnswer.Made(person);
    }

    private Optional<AccessCode> broken(String name, char[] password) throws AccessException {
        if (!isOpen()) {
            return Optional.of(AccessCode.FIRST_PERSON_EXISTS);
        }
        return Person.isName(name) ? rules.broken(name, password) : Optional.of(AccessCode.PERSON_NAME_MALFORMED);
    }

    /** Refuses what was refused without a look at the proof; that costs nothing to send, so not each is recorded. */
    private FirstAnswer turnedAway(AccessCode code, Duration left, String from) throws AccessException {
        long count = turnedAway.count();
        if (count > 0) {
            record(Gate.NOBODY_KNOWN, Verdict.REFUSED, code, from, count);
        }
        return new FirstAnswer.Refused(code, left);
    }

    /** @param name only of who proved something: any other may be the code in the wrong field */
    private void record(String name, Verdict verdict, AccessCode code, String from, long count) throws AccessException {
        around.record(
                "anonymous", ACTION, name, verdict, code.name(), Map.of("from", from, "count", Long.toString(count)));
    }
}
