package io.sekimori.fleet.records;

import io.sekimori.fleet.FleetAnswer;
import io.sekimori.fleet.FleetException;
import io.sekimori.fleet.Registration;
import io.sekimori.records.kit.Consoles;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Set;
import org.osgi.service.log.Logger;

/** A fleet on an empty database, with a clock that stands until it is moved. */
final class TestFleet {

    final FakeAuthority authority = new FakeAuthority();
    final FakeAudit audit = new FakeAudit();
    final RecordedFleet fleet;
    private final Consoles consoles;
    Instant now = Instant.parse("2026-11-22T00:00:00Z");

    TestFleet(Consoles consoles) {
        this.consoles = consoles;
        this.fleet = another();
    }

    /** One more console on the same records. */
    RecordedFleet another() {
        RecordedFleet made = new RecordedFleet(logger(), new Standing(), Duration.ofHours(1));
        made.records = consoles.console();
        made.authority = authority;
        made.audit = audit;
        return made;
    }

    String register(String serial, String... labels) throws FleetException {
        FleetAnswer answer = fleet.register(new Registration(serial, "M-1", Set.of(labels)), "person:alice");
        return ((FleetAnswer.Registered) answer).gateway().id();
    }

    /** Registered and enrolled. */
    String activate(Device device) throws FleetException {
        String id = register(device.serial);
        authority.enrol(id, device.key());
        fleet.enrolled(authority.certificates.get(id));
        return id;
    }

    static Logger logger() {
        return (Logger) Proxy.newProxyInstance(
                TestFleet.class.getClassLoader(),
                new Class<?>[] {Logger.class},
                (proxy, method, arguments) -> method.getReturnType() == boolean.class ? false : null);
    }

    private final class Standing extends Clock {

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
