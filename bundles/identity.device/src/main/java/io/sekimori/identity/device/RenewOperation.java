package io.sekimori.identity.device;

import io.sekimori.control.ControlAnswer;
import io.sekimori.control.ControlOperation;
import io.sekimori.identity.EnrolAnswer.Refused;
import java.util.Map;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** {@code identity.renew}: renews the certificate now, without waiting for its time. Thread-safe. */
@Component(property = ControlOperation.NAME + "=identity.renew")
public final class RenewOperation implements ControlOperation {

    private final DeviceIdentity identity;

    /** Called by Declarative Services. */
    @Activate
    public RenewOperation(@Reference DeviceIdentity identity) {
        this.identity = identity;
    }

    @Override
    public ControlAnswer answer(Map<String, ?> members, String person) {
        Optional<Refused> refused = identity.renew("local:" + person);
        if (refused.isPresent()) {
            return new ControlAnswer.Refused(
                    refused.get().code().name(), refused.get().detail());
        }
        return new ControlAnswer.Done(
                identity.enrolled().map(ShowOperation::facts).orElse(Map.of()));
    }
}
