package io.sekimori.identity.device;

import io.sekimori.update.TimeReading;
import java.time.Duration;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Which time counts here, whose word it is, and what is over for certain. Thread-safe. */
@Component(property = {HealthCheck.NAME + "=time", HealthCheck.TAGS + "=sekimori"})
public final class TimeHealth implements HealthCheck {

    private final DeviceIdentity identity;

    /** Called by Declarative Services. */
    @Activate
    public TimeHealth(@Reference DeviceIdentity identity) {
        this.identity = identity;
    }

    // In words that stay while nothing changes, since each change is reported. A warning even then: a version that is
    // better at it must not be refused for what the clock says.
    @Override
    public Result execute() {
        TimeReading reading = identity.now();
        String asked = identity.timeRefusal()
                .map(refused -> "; the console: " + refused.code() + " " + refused.detail())
                .orElse("");
        String floor = (identity.timeContradicted() ? ", which the console contradicts" : "") + ", not before "
                + reading.notBefore();
        return switch (reading.source()) {
            case NETWORK -> new Result(status(), "the clock, kept by a time server" + floor + asked);
            case CLOCK -> new Result(status(), "the clock" + floor + asked);
            case CONSOLE ->
                new Result(
                        Result.Status.WARN,
                        "the console's word; the clock is off by about "
                                + Duration.ofMinutes(reading.offset().toMinutes()) + floor + asked);
            case NONE -> new Result(Result.Status.WARN, "TIME_UNTRUSTED: the clock is wrong" + floor + asked);
        };
    }

    private Result.Status status() {
        return identity.timeContradicted() ? Result.Status.WARN : Result.Status.OK;
    }
}
