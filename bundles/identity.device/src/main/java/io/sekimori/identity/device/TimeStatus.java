package io.sekimori.identity.device;

import io.sekimori.status.Finding;
import io.sekimori.status.StatusSource;
import io.sekimori.trust.TrustCode;
import io.sekimori.update.TimeReading;
import io.sekimori.update.UpdateCode;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Says in the status that a clock is wrong, whether or not somebody knows better. Thread-safe. */
@Component
public final class TimeStatus implements StatusSource {

    private final DeviceIdentity identity;

    /** Called by Declarative Services. */
    @Activate
    public TimeStatus(@Reference DeviceIdentity identity) {
        this.identity = identity;
    }

    @Override
    public Contribution contribute() {
        TimeReading reading = identity.now();
        if (!reading.trusted()) {
            return finding(TrustCode.TIME_UNTRUSTED.name(), "not before " + reading.notBefore(), reading);
        }
        return identity.timeContradicted()
                ? finding(UpdateCode.CLOCK_WRONG.name(), "clock and console say different times", reading)
                : new Contribution(List.of(), List.of());
    }

    private static Contribution finding(String code, String detail, TimeReading reading) {
        return new Contribution(List.of(new Finding(code, detail, reading.now())), List.of());
    }
}
