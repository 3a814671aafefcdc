package io.sekimori.fleet.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sekimori.fleet.Fleet;
import io.sekimori.fleet.FleetAnswer;
import io.sekimori.fleet.FleetAnswer.Changed;
import io.sekimori.fleet.FleetAnswer.Refused;
import io.sekimori.fleet.FleetAnswer.Registered;
import io.sekimori.fleet.FleetCode;
import io.sekimori.fleet.FleetException;
import io.sekimori.fleet.Gateway;
import io.sekimori.fleet.Life;
import io.sekimori.fleet.Registration;
import io.sekimori.records.kit.Consoles;
import io.sekimori.records.kit.OnBothDatabases;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.Set;

class LedgerTest {

    @OnBothDatabases
    void aGatewayIsRegisteredOnceAndGetsItsActivation(Consoles consoles) throws FleetException {
        TestFleet test = new TestFleet(consoles);

        FleetAnswer first = test.fleet.register(new Registration("SN-1", "M-1", Set.of("site:a")), "person:alice");
        FleetAnswer again = test.fleet.register(new Registration("SN-1", "M-2", Set.of()), "person:alice");

        Registered registered = (Registered) first;
        assertThat(registered.gateway().id()).matches("g-[a-z2-7]{12}");
        assertThat(registered.gateway().life()).isEqualTo(Life.PROVISIONED);
        assertThat(registered.gateway().labels()).containsExactly("site:a");
        assertThat(new String(registered.activation().utf8(), StandardCharsets.UTF_8))
                .isEqualTo("activation of " + registered.gateway().id());
        assertThat(((Refused) again).code()).isEqualTo(FleetCode.SERIAL_KNOWN);
        assertThat(test.audit.said())
                .containsExactly(
                        "fleet.register ALLOWED",
                        "fleet.register DONE",
                        "fleet.register ALLOWED",
                        "fleet.register REFUSED SERIAL_KNOWN");
    }

    @OnBothDatabases
    void enrolmentActivatesAndBindsTheKey(Consoles consoles) throws FleetException {
        TestFleet test = new TestFleet(consoles);
        Device device = new Device("SN-1");

        String id = test.activate(device);

        Gateway gateway = test.fleet.get(id).orElseThrow();
        assertThat(gateway.life()).isEqualTo(Life.ACTIVATED);
        assertThat(gateway.deviceKey()).contains(device.key());
        assertThat(test.fleet.standing(id)).contains(new Fleet.Standing(Life.ACTIVATED, gateway.deviceKey()));
        assertThat(test.fleet.standing("g-nobody")).isEmpty();
        assertThat(((Refused) test.fleet.activation(id, "person:alice")).code()).isEqualTo(FleetCode.ALREADY_ACTIVATED);
    }

    @OnBothDatabases
    void aRetiredGatewayNeverComesBack(Consoles consoles) throws FleetException {
        TestFleet test = new TestFleet(consoles);
        Device device = new Device("SN-1");
        String id = test.activate(device);

        assertThat(move(test, id, Life.RETIRED)).isInstanceOf(Changed.class);
        test.fleet.enrolled(test.authority.certificates.get(id));

        assertThat(test.authority.revoked).containsExactly(id + " RETIRED");
        for (Life life : Life.values()) {
            assertThat(((Refused) move(test, id, life)).code()).isEqualTo(FleetCode.LIFE_IMPOSSIBLE);
        }
        assertThat(test.fleet.get(id).orElseThrow().life()).isEqualTo(Life.RETIRED);
        assertThat(test.authority.revoked).hasSize(1);
    }

    @OnBothDatabases
    void aSuspendedGatewayCanBeTakenBack(Consoles consoles) throws FleetException {
        TestFleet test = new TestFleet(consoles);
        String id = test.activate(new Device("SN-1"));

        move(test, id, Life.SUSPENDED);

        assertThat(((Changed) move(test, id, Life.ACTIVATED)).gateway().life()).isEqualTo(Life.ACTIVATED);
        assertThat(test.authority.revoked).isEmpty();
    }

    @OnBothDatabases
    void whoDecidedOnAnOldViewIsRefused(Consoles consoles) throws FleetException {
        TestFleet test = new TestFleet(consoles);
        String id = test.activate(new Device("SN-1"));
        long seen = test.fleet.get(id).orElseThrow().revision();

        FleetAnswer first = test.fleet.label(id, Set.of("a"), OptionalLong.of(seen), "person:alice");
        FleetAnswer second = test.fleet.label(id, Set.of("b"), OptionalLong.of(seen), "person:bob");

        assertThat(first).isInstanceOf(Changed.class);
        assertThat(((Refused) second).code()).isEqualTo(FleetCode.CHANGED_MEANWHILE);
        assertThat(test.fleet.get(id).orElseThrow().labels()).containsExactly("a");
    }

    @OnBothDatabases
    void withoutAuditNothingIsDone(Consoles consoles) throws FleetException {
        TestFleet test = new TestFleet(consoles);
        String id = test.activate(new Device("SN-1"));
        test.audit.full = true;

        assertThatExceptionOfType(FleetException.class)
                .isThrownBy(() -> move(test, id, Life.RETIRED))
                .satisfies(e -> assertThat(e.code()).isEqualTo(FleetCode.AUDIT_UNAVAILABLE));

        assertThat(test.fleet.get(id).orElseThrow().life()).isEqualTo(Life.ACTIVATED);
        assertThat(test.authority.revoked).isEmpty();
    }

    @OnBothDatabases
    void withoutRecordsNothingIsAnswered(Consoles consoles) throws FleetException {
        TestFleet test = new TestFleet(consoles);
        test.fleet.records = null;

        assertThatExceptionOfType(FleetException.class)
                .isThrownBy(() -> test.fleet.get("g-aaaaaaaaaaaa"))
                .satisfies(e -> assertThat(e.code()).isEqualTo(FleetCode.RECORDS_UNAVAILABLE));
    }

    private static FleetAnswer move(TestFleet test, String id, Life life) throws FleetException {
        return test.fleet.move(id, life, OptionalLong.empty(), "person:alice");
    }
}
