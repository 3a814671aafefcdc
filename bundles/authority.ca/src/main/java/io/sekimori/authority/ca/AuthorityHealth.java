package io.sekimori.authority.ca;

import io.sekimori.authority.AuthorityException;
import java.time.Duration;
import java.time.Instant;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Whether the next gateway could enrol. Thread-safe. */
@Component(property = {HealthCheck.NAME + "=authority", HealthCheck.TAGS + "=sekimori"})
public final class AuthorityHealth implements HealthCheck {

    private static final Duration WARN_BEFORE = Duration.ofDays(400);

    private final CaAuthority authority;

    /** Called by Declarative Services. */
    @Activate
    public AuthorityHealth(@Reference CaAuthority authority) {
        this.authority = authority;
    }

    @Override
    public Result execute() {
        try {
            authority.records();
            Instant end = authority.ca().issuing().getNotAfter().toInstant();
            boolean soon = end.isBefore(Instant.now().plus(WARN_BEFORE));
            return new Result(soon ? Result.Status.WARN : Result.Status.OK, "the issuing CA ends at " + end);
        } catch (AuthorityException e) {
            return new Result(Result.Status.CRITICAL, String.valueOf(e.getMessage()));
        }
    }
}
