package io.sekimori.identity.device;

import io.sekimori.identity.Enrolled;
import io.sekimori.identity.IdentityException;
import java.security.cert.X509Certificate;
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
            return enrolled.isPresent()
                    ? judge(enrolled.get().id(), enrolled.get().chain().get(0))
                    : new Result(Result.Status.OK, "not enrolled at a console");
        } catch (IdentityException e) {
            return new Result(Result.Status.CRITICAL, String.valueOf(e.getMessage()));
        }
    }

    // A warning even after the end: a version that renews better must not be refused for what the one before left.
    private Result judge(String id, X509Certificate certificate) {
        Instant now = identity.now().now();
        Instant end = certificate.getNotAfter().toInstant();
        String why = identity.renewalRefusal()
                .map(refused -> "; it is not renewed: " + refused.code() + " " + refused.detail())
                .orElse("");
        if (now.isAfter(end)) {
            return new Result(Result.Status.WARN, "the gateway's certificate ended at " + end + why);
        }
        if (now.isAfter(identity.settings().late(certificate))) {
            return new Result(Result.Status.WARN, "the gateway's certificate ends at " + end + why);
        }
        return new Result(Result.Status.OK, id + ", certificate until " + end + why);
    }
}
