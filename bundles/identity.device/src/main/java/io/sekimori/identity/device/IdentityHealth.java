package io.sekimori.identity.device;

import io.sekimori.identity.Enrolled;
import io.sekimori.identity.IdentityException;
import java.time.Instant;
import java.util.Optional;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Whether the gateway can prove who it is. That it is not enrolled is a note: the maker's units are not. Thread-safe. */
@Component(property = {HealthCheck.NAME + "=identity", HealthCheck.TAGS + "=sekimori"})
public final class IdentityHealth implements HealthCheck {

    private final DeviceIdentity identity;

    /** Called by Declarative Services. */
    @Activate
    public IdentityHealth(@Reference DeviceIdentity identity) {
        this.identity = identity;
    }

    @Override
    public Result execute() {
        try {
            if (identity.tls().isEmpty()) {
                return new Result(Result.Status.OK, "not enrolled at a console");
            }
            Optional<Enrolled> enrolled = identity.enrolled();
            Instant end = enrolled.map(each -> each.chain().get(0).getNotAfter().toInstant())
                    .orElse(Instant.MAX);
            if (Instant.now().isAfter(end)) {
                return new Result(Result.Status.WARN, "the gateway's certificate expired at " + end);
            }
            return new Result(Result.Status.OK, enrolled.map(Enrolled::id).orElse("") + ", certificate until " + end);
        } catch (IdentityException e) {
            return new Result(Result.Status.CRITICAL, String.valueOf(e.getMessage()));
        }
    }
}
