package io.sekimori.releases.repository;

import static io.sekimori.releases.repository.AssigningConsole.DEVICE;
import static io.sekimori.releases.repository.AssigningConsole.OTTO;
import static io.sekimori.releases.repository.AssigningConsole.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sekimori.records.kit.Consoles;
import io.sekimori.records.kit.OnBothDatabases;
import io.sekimori.releases.AssignAnswer;
import io.sekimori.releases.Changes;
import io.sekimori.releases.ImportAnswer;
import io.sekimori.releases.Order;
import io.sekimori.trust.Kind;
import io.sekimori.trust.Permit;
import io.sekimori.trust.UnitReport;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;

/** What cannot be assigned is refused, and keeps nobody else from being assigned, on both databases. */
class DirectorRefusalTest {

    @TempDir
    private Path work;

    private AssigningConsole desk;
    private Console console;
    private SigningDirector director;

    @OnBothDatabases
    void whatIsNotReleasedIsRefused(Consoles consoles) throws Exception {
        begin(consoles);

        desk.refused(desk.order(set(Console.APP, "9.9.9")), "RELEASE_UNKNOWN");
        desk.refused(desk.order(set("../up", "1.0.0")), "RELEASE_UNKNOWN");
        desk.refused(
                desk.order(new Changes(List.of(), Set.of(Changes.Part.bundle("org.example.absent")), Map.of())),
                "BUNDLE_NOT_RUNNING");
        desk.refused(
                desk.order(new Changes(List.of(), Set.of(Changes.Part.bundle(Console.ENGINE)), Map.of())),
                "ENGINE_MISSING");
        desk.refused(
                desk.order(new Changes(
                        List.of(new Changes.Setting(Console.APP, "1.1.0", OptionalInt.of(1000))), Set.of(), Map.of())),
                "CHANGE_MALFORMED");
        assertThat(director.current(DEVICE)).isEmpty();
    }

    @OnBothDatabases
    void whatIsBelowAFloorIsRefused(Consoles consoles) throws Exception {
        begin(consoles);
        console.add(Console.APP, "1.2.0", 3, 3, Kind.BUNDLE);
        desk.bring();

        desk.refused(desk.order(Changes.NONE), "BELOW_FLOOR");
        assertThat(desk.assigned(desk.order(set(Console.APP, "1.2.0"))).items(Kind.BUNDLE))
                .hasSize(2);
    }

    @OnBothDatabases
    void whatTheOfflineKeysPermitBelowAFloorIsAssignedForItsTime(Consoles consoles) throws Exception {
        begin(consoles);
        console.add(Console.APP, "1.2.0", 3, 3, Kind.BUNDLE);
        SignedReleases releases = console.releases(desk.records);
        console.bring(releases);
        Permit permit = new Permit(
                console.time.now,
                console.time.now.plus(Duration.ofDays(1)),
                Console.MODEL,
                Set.of(DEVICE),
                List.of(Permit.Item.of(console.released(Console.APP, "1.0.0"))),
                "by test");

        assertThat(releases.importPermit(permit.signed(List.of(console.online)), "person:rita"))
                .isInstanceOfSatisfying(
                        ImportAnswer.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo("PERMIT_SIGNATURES"));
        desk.refused(desk.order(Changes.NONE), "BELOW_FLOOR");
        byte[] signed = permit.signed(List.of(console.targets));
        assertThat(releases.importPermit(signed, "person:rita")).isEqualTo(new ImportAnswer.Taken(true));
        assertThat(releases.importPermit(signed, "person:rita")).isEqualTo(new ImportAnswer.Taken(false));
        assertThat(desk.assigned(desk.order(Changes.NONE)).items(Kind.BUNDLE)).hasSize(2);

        console.time.pass(Duration.ofDays(1));
        desk.refused(desk.order(Changes.NONE), "BELOW_FLOOR");
    }

    @OnBothDatabases
    void whatAGatewayMustNotBelieveIsRefused(Consoles consoles) throws Exception {
        begin(consoles);
        UnitReport.Item forged = new UnitReport.Item(Console.APP, "1.0.0", "f".repeat(64), 7);
        UnitReport.Item engine = Console.item(console.released(Console.ENGINE, "1.0.0"), 4);

        desk.refused(new Order(DEVICE, Console.MODEL, "", Changes.NONE), "NOTHING_REPORTED");
        desk.refused(new Order(DEVICE, Console.MODEL, "{}", Changes.NONE), "REPORT_MALFORMED");
        desk.refused(
                new Order(DEVICE, Console.MODEL, console.report(Console.device(2), 1), Changes.NONE),
                "REPORT_OTHER_DEVICE");
        desk.refused(new Order(DEVICE, "M-2", console.report(DEVICE, 1), Changes.NONE), "REPORT_OTHER_DEVICE");
        desk.refused(
                new Order(DEVICE, Console.MODEL, console.report(DEVICE, 1, List.of(forged, engine)), Changes.NONE),
                "REPORT_DIFFERS");
    }

    @OnBothDatabases
    void aRefusalKeepsNobodyElseFromBeingAssigned(Consoles consoles) throws Exception {
        begin(consoles);
        String other = Console.device(2);

        List<AssignAnswer> answers = director.assign(
                List.of(
                        new Order(DEVICE, Console.MODEL, "", Changes.NONE),
                        new Order(other, Console.MODEL, console.report(other, 1), Changes.NONE)),
                OTTO);

        assertThat(answers.get(0)).isInstanceOf(AssignAnswer.Refused.class);
        assertThat(answers.get(1)).isInstanceOf(AssignAnswer.Assigned.class);
        assertThat(director.current(other)).isPresent();
        assertThatIllegalArgumentException().isThrownBy(() -> director.assign(List.of(), OTTO));
    }

    @OnBothDatabases
    void whatOneGatewaySaysOfItselfKeepsNobodyElseFromBeingAssigned(Consoles consoles) throws Exception {
        begin(consoles);
        String honest = Console.device(2);
        UnitReport.Item launcher = Console.item(console.released(Console.LAUNCHER, "1.0.0"), 1);
        UnitReport.Item engine = Console.item(console.released(Console.ENGINE, "1.0.0"), 4);
        UnitReport.Item app = Console.item(console.released(Console.APP, "1.0.0"), 7);
        Map<String, Map<String, Object>> none = Map.of();
        List<UnitReport.Running> lies = List.of(
                new UnitReport.Running(1, 1, Long.MAX_VALUE, List.of(engine, app), List.of(launcher), none),
                new UnitReport.Running(1, 1, Long.MAX_VALUE - 1, List.of(engine, app), List.of(launcher), none),
                new UnitReport.Running(1, 1, 1, List.of(engine, app), List.of(launcher, launcher), none),
                new UnitReport.Running(
                        1,
                        1,
                        1,
                        List.of(engine, app),
                        List.of(launcher),
                        Map.of("org.example.pid", Map.of("long", "x".repeat(999_000)))),
                new UnitReport.Running(1, 1, 1, List.of(), List.of(), none));

        for (UnitReport.Running lie : lies) {
            String finding = "x".repeat(968) + "\uD83D\uDE00\u0000" + "y".repeat(3_000);
            String report = console.report(DEVICE, lie, List.of(finding));
            List<AssignAnswer> answers = director.assign(
                    List.of(
                            new Order(DEVICE, Console.MODEL, report, Changes.NONE),
                            new Order(honest, Console.MODEL, console.report(honest, 1), Changes.NONE)),
                    OTTO);

            assertThat(answers.get(0)).isInstanceOf(AssignAnswer.Refused.class);
            assertThat(answers.get(1)).isInstanceOf(AssignAnswer.Assigned.class);
            desk.refused(
                    new Order(DEVICE, Console.MODEL, report, Changes.NONE),
                    ((AssignAnswer.Refused) answers.get(0)).code());
        }
        assertThat(director.current(DEVICE)).isEmpty();
    }

    @OnBothDatabases
    void withoutAnAuditNothingIsAssigned(Consoles consoles) throws Exception {
        begin(consoles);
        director.audit = null;

        desk.refused(desk.order(Changes.NONE), "AUDIT_UNAVAILABLE");
    }

    private void begin(Consoles consoles) throws Exception {
        desk = new AssigningConsole(consoles, work);
        console = desk.console;
        director = desk.director;
    }
}
