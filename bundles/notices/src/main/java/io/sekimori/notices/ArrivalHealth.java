package io.sekimori.notices;

import io.sekimori.records.Records;
import io.sekimori.records.RecordsException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Whether notices arrive. Thread-safe. */
@Component(
        service = HealthCheck.class,
        property = {HealthCheck.NAME + "=notices", HealthCheck.TAGS + "=sekimori"})
public final class ArrivalHealth implements HealthCheck {

    private static final Duration LATE = Duration.ofHours(1);

    private final Notices notices;
    private final Clock clock;

    /** Called by Declarative Services. */
    @Activate
    public ArrivalHealth(@Reference Notices notices) {
        this(notices, Clock.systemUTC());
    }

    ArrivalHealth(Notices notices, Clock clock) {
        this.notices = notices;
        this.clock = clock;
    }

    @Override
    public Result execute() {
        Optional<Records> open = notices.records();
        if (!notices.settings().enabled() || open.isEmpty()) {
            return new Result(Result.Status.OK, "nobody is told by mail or webhook");
        }
        try {
            OptionalLong oldest = notices.round().oldestUndelivered(open.get());
            if (oldest.isEmpty()) {
                return new Result(Result.Status.OK, "notices arrive");
            }
            Instant since = Instant.ofEpochMilli(oldest.getAsLong());
            return since.isBefore(clock.instant().minus(LATE))
                    ? new Result(Result.Status.WARN, "a notice of " + since + " did not arrive")
                    : new Result(Result.Status.OK, "notices arrive");
        } catch (RecordsException e) {
            return new Result(Result.Status.TEMPORARILY_UNAVAILABLE, String.valueOf(e.getMessage()));
        }
    }
}
