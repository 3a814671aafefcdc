package io.sekimori.fleet.records;

import static io.sekimori.fleet.records.Device.bundle;
import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.fleet.DeviceReport;
import io.sekimori.fleet.FleetCode;
import io.sekimori.fleet.FleetException;
import io.sekimori.fleet.Gateway;
import io.sekimori.fleet.Life;
import io.sekimori.fleet.ReportAnswer.Accepted;
import io.sekimori.fleet.ReportAnswer.Dropped;
import io.sekimori.fleet.ReportAnswer.Known;
import io.sekimori.fleet.RunningBundle;
import io.sekimori.records.kit.Consoles;
import io.sekimori.records.kit.OnBothDatabases;
import io.sekimori.trust.UnitReport;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

class ReportIntakeTest {

    @OnBothDatabases
    void aSignedReportIsKeptAndTold(Consoles consoles) throws FleetException {
        TestFleet test = new TestFleet(consoles);
        Device device = new Device("SN-1");
        String id = test.activate(device);
        test.fleet.label(id, Set.of("site:tokyo"), OptionalLong.empty(), "operator");
        List<Gateway> told = new ArrayList<>();
        test.fleet.listeners = List.of((gateway, report) -> told.add(gateway));
        byte[] signed = device.report(bundle("org.example.b", "2.0.0"), bundle("org.example.a", "1.0.0"));

        assertThat(test.fleet.report(id, signed)).isInstanceOf(Accepted.class);

        Gateway gateway = test.another().get(id).orElseThrow();
        DeviceReport report = gateway.report().orElseThrow();
        assertThat(report.bundles())
                .extracting(bundle -> bundle.symbolicName())
                .containsExactly("org.example.a", "org.example.b");
        assertThat(report.generation()).isEqualTo(3);
        assertThat(report.confirmed()).isTrue();
        assertThat(report.noted())
                .isEqualTo(new DeviceReport.Noted(27, List.of("org.example.a/1.0.0 counter 3, floor 5")));
        assertThat(gateway.reported()).contains(test.now);
        assertThat(told).containsExactly(gateway);
        assertThat(test.fleet.signedReports(Set.of(id))).containsEntry(id, new String(signed, StandardCharsets.UTF_8));
        assertThat(test.fleet.publicKey(id)).contains(device.keys.getPublic());
    }

    @OnBothDatabases
    void whatItStartsWithIsKeptAndReadFromWhatAConsoleOfBeforeKept(Consoles consoles) throws Exception {
        TestFleet test = new TestFleet(consoles);
        Device device = new Device("SN-1");
        String id = test.activate(device);
        RunningBundle launcher = new RunningBundle("org.example.launcher", "1.0.0", "d".repeat(64));
        test.fleet.report(id, device.report(bundle("org.example.a", "1.0.0")));
        assertThat(test.another().get(id).orElseThrow().report().orElseThrow().slot())
                .containsExactly(launcher);

        test.fleet.records.open(FleetRecords.SCHEMA).write(connection -> {
            Parameters.update(connection, "update fleet_report set slot = null where gateway_id = ?", id);
            return null;
        });

        assertThat(test.another().get(id).orElseThrow().report().orElseThrow().slot())
                .containsExactly(launcher);
    }

    @OnBothDatabases
    void theSameReportAgainIsKnownAndAnOlderOneIsAReplay(Consoles consoles) throws FleetException {
        TestFleet test = new TestFleet(consoles);
        Device device = new Device("SN-1");
        String id = test.activate(device);
        byte[] first = device.report(bundle("org.example.a", "1.0.0"));
        byte[] second = device.report(bundle("org.example.a", "2.0.0"));
        test.fleet.report(id, first);
        test.fleet.report(id, second);

        assertThat(test.fleet.report(id, second)).isInstanceOf(Known.class);
        assertThat(((Dropped) test.fleet.report(id, first)).code()).isEqualTo(FleetCode.REPORT_REPLAYED);
        assertThat(((Dropped) test.fleet.report(id, device.reportAt(2, bundle("org.example.a", "3.0.0")))).code())
                .isEqualTo(FleetCode.REPORT_REPLAYED);

        Gateway gateway = test.fleet.get(id).orElseThrow();
        assertThat(gateway.report().orElseThrow().bundles().get(0).version()).isEqualTo("2.0.0");
        assertThat(gateway.dropped()).isEqualTo(1);
    }

    @OnBothDatabases
    void anOlderReportThatComesLateIsNoReplayTheFirstTime(Consoles consoles) throws FleetException {
        TestFleet test = new TestFleet(consoles);
        Device device = new Device("SN-1");
        String id = test.activate(device);
        byte[] late = device.report(bundle("org.example.a", "1.0.0"));
        test.fleet.report(id, device.report(bundle("org.example.a", "2.0.0")));

        assertThat(test.fleet.report(id, late)).isInstanceOf(Known.class);
        assertThat(code(test, id, late)).isEqualTo(FleetCode.REPORT_REPLAYED);

        test.fleet.report(id, device.reportAt(200, bundle("org.example.a", "3.0.0")));
        assertThat(code(test, id, device.reportAt(100, bundle("org.example.a", "1.5.0"))))
                .isEqualTo(FleetCode.REPORT_REPLAYED);
        assertThat(test.fleet.report(id, device.reportAt(150, bundle("org.example.a", "1.5.0"))))
                .isInstanceOf(Known.class);
        assertThat(test.fleet.get(id).orElseThrow().report().orElseThrow().sequence())
                .isEqualTo(200);
    }

    @OnBothDatabases
    void nobodySpeaksForAnother(Consoles consoles) throws FleetException {
        TestFleet test = new TestFleet(consoles);
        Device victim = new Device("SN-1");
        Device mallory = new Device("SN-2");
        String id = test.activate(victim);
        test.activate(mallory);

        assertThat(code(test, id, mallory.report(bundle("a", "1.0.0")))).isEqualTo(FleetCode.REPORT_FORGED);
        assertThat(code(test, id, mallory.pretending(victim, bundle("a", "1.0.0"))))
                .isEqualTo(FleetCode.REPORT_FORGED);
        assertThat(code(test, id, "{}".getBytes(StandardCharsets.UTF_8))).isEqualTo(FleetCode.REPORT_MALFORMED);
        assertThat(code(test, id, new byte[] {(byte) 0xff, 0})).isEqualTo(FleetCode.REPORT_MALFORMED);

        assertThat(test.fleet.get(id).orElseThrow().report()).isEmpty();
    }

    @OnBothDatabases
    void aReportWithAChangedBitIsForged(Consoles consoles) throws FleetException {
        TestFleet test = new TestFleet(consoles);
        Device device = new Device("SN-1");
        String id = test.activate(device);
        String text = new String(device.report(bundle("org.example.a", "1.0.0")), StandardCharsets.UTF_8);

        byte[] changed = text.replace("\"1.0.0\"", "\"9.0.0\"").getBytes(StandardCharsets.UTF_8);

        assertThat(code(test, id, changed)).isEqualTo(FleetCode.REPORT_FORGED);
    }

    @OnBothDatabases
    void aUnitThatNamesAnotherSerialThanItsOwnIsNotBelieved(Consoles consoles) throws FleetException {
        TestFleet test = new TestFleet(consoles);
        Device device = new Device("SN-1");
        String id = test.activate(device);
        device.model = "M-2";

        assertThat(code(test, id, device.report(bundle("a", "1.0.0")))).isEqualTo(FleetCode.REPORT_FORGED);
    }

    @OnBothDatabases
    void whoIsNotActivatedIsNotBelieved(Consoles consoles) throws FleetException {
        TestFleet test = new TestFleet(consoles);
        Device device = new Device("SN-1");
        String id = test.activate(device);
        test.fleet.move(id, Life.SUSPENDED, OptionalLong.empty(), "person:alice");
        Device never = new Device("SN-2");
        String provisioned = test.register("SN-2");

        assertThat(code(test, id, device.report(bundle("a", "1.0.0")))).isEqualTo(FleetCode.GATEWAY_NOT_TRUSTED);
        assertThat(code(test, provisioned, never.report())).isEqualTo(FleetCode.GATEWAY_NOT_TRUSTED);
        assertThat(code(test, "g-aaaaaaaaaaaa", never.report())).isEqualTo(FleetCode.GATEWAY_UNKNOWN);
    }

    @OnBothDatabases
    void anEnrolmentThatTheFleetMissedIsFoundWithTheFirstReport(Consoles consoles) throws FleetException {
        TestFleet test = new TestFleet(consoles);
        Device device = new Device("SN-1");
        String id = test.register("SN-1");
        test.authority.enrol(id, device.key());

        assertThat(test.fleet.report(id, device.report(bundle("a", "1.0.0")))).isInstanceOf(Accepted.class);

        assertThat(test.fleet.get(id).orElseThrow().life()).isEqualTo(Life.ACTIVATED);
    }

    @OnBothDatabases
    void aFloodOfForgeriesCostsFewWritesAndIsCounted(Consoles consoles) throws FleetException {
        TestFleet test = new TestFleet(consoles);
        Device victim = new Device("SN-1");
        String id = test.activate(victim);
        byte[] forged = new Device("SN-2").pretending(victim, bundle("a", "1.0.0"));
        int before = test.audit.entries.size();

        for (int i = 0; i < 200; i++) {
            test.fleet.report(id, forged);
        }
        int audited = test.audit.entries.size() - before;
        test.now = test.now.plus(Drops.PAUSE);
        test.fleet.report(id, forged);

        assertThat(audited).isEqualTo(1);
        assertThat(test.fleet.get(id).orElseThrow().dropped()).isEqualTo(201);
        assertThat(test.audit.entries.get(test.audit.entries.size() - 1).detail())
                .containsEntry("count", "200");
    }

    @OnBothDatabases
    void howATransitionEndedIsKept(Consoles consoles) throws FleetException {
        TestFleet test = new TestFleet(consoles);
        Device device = new Device("SN-1");
        String id = test.activate(device);
        UnitReport.Last last = new UnitReport.Last(
                "t-1",
                2,
                3,
                9,
                "REVERTED",
                2,
                "UNHEALTHY",
                "a check\nfailed",
                "local:root",
                "local",
                Instant.EPOCH,
                Instant.EPOCH.plusSeconds(5),
                Optional.of(Instant.EPOCH.plusSeconds(3)),
                List.of());

        test.fleet.report(id, device.reportOf(last, bundle("a", "1.0.0")));

        DeviceReport.Transition kept = test.fleet
                .get(id)
                .orElseThrow()
                .report()
                .orElseThrow()
                .transition()
                .orElseThrow();
        assertThat(kept)
                .isEqualTo(new DeviceReport.Transition(
                        "t-1",
                        2,
                        3,
                        9,
                        DeviceReport.Outcome.REVERTED,
                        "UNHEALTHY",
                        "a check?failed",
                        "local:root local",
                        Instant.EPOCH.plusSeconds(5),
                        Optional.of(Instant.EPOCH.plusSeconds(3))));
    }

    @OnBothDatabases
    void aMomentThatNoRecordCanKeepIsMalformed(Consoles consoles) throws FleetException {
        TestFleet test = new TestFleet(consoles);
        Device device = new Device("SN-1");
        String id = test.activate(device);
        UnitReport.Last last = new UnitReport.Last(
                "t-1",
                2,
                3,
                9,
                "REVERTED",
                2,
                "UNHEALTHY",
                "",
                "local:root",
                "local",
                Instant.EPOCH,
                Instant.MAX,
                Optional.empty(),
                List.of());

        assertThat(code(test, id, device.reportOf(last, bundle("a", "1.0.0")))).isEqualTo(FleetCode.REPORT_MALFORMED);
    }

    private static FleetCode code(TestFleet test, String id, byte[] signed) throws FleetException {
        return ((Dropped) test.fleet.report(id, signed)).code();
    }
}
