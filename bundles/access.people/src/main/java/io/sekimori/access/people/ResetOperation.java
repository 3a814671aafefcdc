package io.sekimori.access.people;

import io.sekimori.access.AccessCode;
import io.sekimori.access.AccessException;
import io.sekimori.access.OneTimePassword;
import io.sekimori.access.People;
import io.sekimori.access.PersonChange;
import io.sekimori.control.ControlAnswer;
import io.sekimori.control.ControlOperation;
import io.sekimori.lasting.Lasting;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * Makes a one-time password for somebody who lost theirs, for a person on the machine who may as well replace the whole
 * unit: {@code {"name": text}}. Thread-safe.
 */
@Component(service = ControlOperation.class, property = ControlOperation.NAME + "=people.reset-password")
public final class ResetOperation implements ControlOperation {

    // Dynamic, so that another version of it does not restart this. Package-private for the unit test.
    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
    volatile @Nullable People people;

    private volatile @Nullable People peopleAtEnd;

    /** Called by Declarative Services. */
    @Activate
    public ResetOperation() {
        // Who knows people is bound to the field.
    }

    /** Keeps it for calls that are still under way, or that were about to be made. */
    @Deactivate
    void release() {
        peopleAtEnd = people;
    }

    @Override
    public ControlAnswer answer(Map<String, ?> members, String person) {
        People current = Lasting.of(people, peopleAtEnd); // read once: one call, one access
        if (current == null) {
            return new ControlAnswer.Refused(AccessCode.ACCESS_ABSENT.name(), "nothing knows people");
        }
        if (!(members.get("name") instanceof String name)) {
            return new ControlAnswer.Refused(AccessCode.PERSON_NAME_MALFORMED.name(), "a name is needed");
        }
        try {
            PersonChange change = current.resetPassword(name, "local:" + person);
            if (change instanceof PersonChange.WithPassword made) {
                try (OneTimePassword password = made.password()) {
                    return new ControlAnswer.Done(Map.of(
                            "name", name,
                            "state", made.person().state().name(),
                            "password", password.<String>reveal(String::new)));
                }
            }
            AccessCode code = ((PersonChange.Refused) change).code();
            return new ControlAnswer.Refused(code.name(), "nobody has that name");
        } catch (AccessException e) {
            return new ControlAnswer.Refused(e.code().name(), String.valueOf(e.getMessage()));
        }
    }
}
