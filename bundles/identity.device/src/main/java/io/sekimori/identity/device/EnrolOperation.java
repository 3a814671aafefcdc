package io.sekimori.identity.device;

import io.sekimori.control.ControlAnswer;
import io.sekimori.control.ControlOperation;
import io.sekimori.identity.EnrolAnswer;
import io.sekimori.identity.IdentityCode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code identity.enrol}: member {@code activation}, the text of a file or label. Thread-safe. */
@Component(property = ControlOperation.NAME + "=identity.enrol")
public final class EnrolOperation implements ControlOperation {

    private final DeviceIdentity enrolment;

    /** Called by Declarative Services. */
    @Activate
    public EnrolOperation(@Reference DeviceIdentity enrolment) {
        this.enrolment = enrolment;
    }

    @Override
    public ControlAnswer answer(Map<String, ?> members, String person) {
        if (!(members.get("activation") instanceof String text)) {
            return new ControlAnswer.Refused(IdentityCode.ACTIVATION_MALFORMED.name(), "the request has no activation");
        }
        byte[] activation = text.getBytes(StandardCharsets.UTF_8);
        try {
            EnrolAnswer answer = enrolment.enrol(activation, "local:" + person);
            if (answer instanceof EnrolAnswer.Refused refused) {
                return new ControlAnswer.Refused(refused.code().name(), refused.detail());
            }
            return new ControlAnswer.Done(ShowOperation.facts(((EnrolAnswer.Done) answer).enrolled()));
        } finally {
            Arrays.fill(activation, (byte) 0);
        }
    }
}
