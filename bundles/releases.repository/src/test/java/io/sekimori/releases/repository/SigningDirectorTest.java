package io.sekimori.releases.repository;

import static io.sekimori.releases.Release.Kind.JAVA;
import static io.sekimori.releases.Release.Kind.SLOT;
import static io.sekimori.releases.repository.AssigningConsole.DEVICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.fleet.DeviceReport;
import io.sekimori.fleet.Gateway;
import io.sekimori.fleet.Life;
import io.sekimori.records.kit.Consoles;
import io.sekimori.records.kit.OnBothDatabases;
import io.sekimori.releases.Changes;
import io.sekimori.releases.Order;
import io.sekimori.releases.ReleasesException;
import io.sekimori.trust.Acceptance;
import io.sekimori.trust.Assigned;
import io.sekimori.trust.Assignment;
import io.sekimori.trust.Kind;
import io.sekimori.trust.Release;
import io.sekimori.trust.UnitFacts;
import io.sekimori.trust.UpdateVerifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;

/** What gateways reported and people changed becomes what they are to run, on both databases. */
class SigningDirectorTest {

    @TempDir
    private Path work;

    private AssigningConsole desk;
    private Console console;
    private SigningDirector director;

    @OnBothDatabases
    void aChangeOfWhatWasReportedIsSigned(Consoles consoles) throws Exception {
        begin(consoles);

        Assignment assignment = desk.assigned(desk.order(new Changes(
                List.of(new Changes.Setting(Console.APP, "1.1.0", OptionalInt.empty())),
                Set.of(),
                Map.of("org.example.pid", Map.of("changed", "yes")))));

        assertThat(assignment.items(Kind.BUNDLE))
                .extracting(item -> item.symbolicName() + " " + item.version() + " " + item.startLevel())
                .containsExactlyInAnyOrder(Console.ENGINE + " 1.0.0 4", Console.APP + " 1.1.0 7");
        assertThat(assignment.items(Kind.SLOT))
                .extracting(Assigned::symbolicName)
                .containsExactly(Console.LAUNCHER);
        assertThat(assignment.configurations())
                .isEqualTo(Map.of("org.example.pid", Map.of("kept", "yes", "changed", "yes")));
        assertThat(assignment.version()).isEqualTo(console.time.now.getEpochSecond());
    }

    @OnBothDatabases
    void aGatewayAcceptsIt(Consoles consoles) throws Exception {
        begin(consoles);
        desk.assigned(desk.order(Changes.NONE));
        byte[] document = director.current(DEVICE).orElseThrow().document().getBytes(StandardCharsets.UTF_8);

        Acceptance answer = new UpdateVerifier(
                        work.resolve("state"), console.offline.anchor(), console.offlineDirector.anchor())
                .verify(
                        (name, most) -> metadata(name),
                        (name, most) -> name.equals("targets.json") ? Optional.of(document) : Optional.empty(),
                        new UnitFacts(DEVICE, Console.MODEL),
                        Map.of(),
                        console.time.now);

        assertThat(answer).isInstanceOf(Acceptance.Accepted.class);
    }

    @OnBothDatabases
    void versionsOnlyGrow(Consoles consoles) throws Exception {
        begin(consoles);

        long first = desk.assigned(desk.order(Changes.NONE)).version();
        long second = desk.assigned(desk.order(Changes.NONE)).version();
        Order late = new Order(DEVICE, Console.MODEL, console.report(DEVICE, second + 500), Changes.NONE);
        long third = desk.assigned(late).version();

        assertThat(second).isEqualTo(first + 1);
        assertThat(third).isEqualTo(second + 501);
    }

    @OnBothDatabases
    void aBundleIsAddedAndAnotherRemoved(Consoles consoles) throws Exception {
        begin(consoles);
        console.add("org.example.more", "2.0.0", 1, 0, Kind.BUNDLE);
        desk.bring();

        Assignment assignment = desk.assigned(desk.order(new Changes(
                List.of(new Changes.Setting("org.example.more", "2.0.0", OptionalInt.empty())),
                Set.of(Changes.Part.bundle(Console.APP)),
                Map.of())));

        assertThat(assignment.items(Kind.BUNDLE))
                .extracting(item -> item.symbolicName() + " " + item.startLevel())
                .containsExactlyInAnyOrder(Console.ENGINE + " 4", "org.example.more 10");
    }

    @OnBothDatabases
    void whatAGatewayStartsWithIsChanged(Consoles consoles) throws Exception {
        begin(consoles);
        Release before = console.add("org.example.java", "17.0.1", 1, 0, Kind.JAVA);
        Release after = console.add("org.example.jre", "21.0.1", 1, 0, Kind.JAVA);
        console.add(Console.LAUNCHER, "1.1.0", 2, 0, Kind.SLOT);
        desk.bring();
        Changes.Part launcher = new Changes.Part(SLOT, Console.LAUNCHER);
        Changes.Part runtime = new Changes.Part(JAVA, "org.example.jre");
        Changes changes = new Changes(
                List.of(
                        new Changes.Setting(launcher, "1.1.0", OptionalInt.empty()),
                        new Changes.Setting(runtime, "21.0.1", OptionalInt.empty())),
                Set.of(),
                Map.of());

        Assignment assignment =
                desk.assigned(new Order(DEVICE, Console.MODEL, console.reportOnJava(DEVICE, before), changes));

        assertThat(assignment.items(Kind.JAVA)).extracting(Assigned::path).containsExactly(after.path());
        assertThat(assignment.items(Kind.SLOT))
                .extracting(item -> item.symbolicName() + " " + item.version())
                .containsExactly(Console.LAUNCHER + " 1.1.0");
        desk.refused(desk.order(new Changes(List.of(), Set.of(launcher), Map.of())), "CHANGE_MALFORMED");
    }

    @OnBothDatabases
    void aGatewayKeepsItsJavaRuntime(Consoles consoles) throws Exception {
        begin(consoles);
        Release java = console.add("org.example.java", "17.0.1", 1, 0, Kind.JAVA);
        desk.bring();

        Assignment assignment =
                desk.assigned(new Order(DEVICE, Console.MODEL, console.reportOnJava(DEVICE, java), Changes.NONE));

        assertThat(assignment.items(Kind.JAVA)).extracting(Assigned::path).containsExactly(java.path());
        assertThat(assignment.items(Kind.SLOT))
                .extracting(Assigned::symbolicName)
                .containsExactly(Console.LAUNCHER);
    }

    @OnBothDatabases
    void whatAGatewayCouldSoonNotAcceptIsSignedAnewWhenItAsks(Consoles consoles) throws Exception {
        begin(consoles);
        long first = desk.assigned(desk.order(Changes.NONE)).version();
        FreshAssignments fresh = desk.fresh();

        console.time.pass(Duration.ofDays(15));
        assertThat(fresh.of(DEVICE).orElseThrow().version()).isEqualTo(first);

        console.time.pass(Duration.ofDays(10));
        long second = fresh.of(DEVICE).orElseThrow().version();
        assertThat(second).isGreaterThan(first);
        assertThat(fresh.of(DEVICE).orElseThrow().version()).isEqualTo(second);

        director.reported(
                gateway(DEVICE),
                new DeviceReport(
                        1, console.time.now, "", 2, true, second, second, List.of(), List.of(), Optional.empty()));
        console.time.pass(Duration.ofDays(29));
        assertThat(fresh.of(DEVICE).orElseThrow().version()).isEqualTo(second);
        assertThat(fresh.of(Console.device(9))).isEmpty();
    }

    private Optional<byte[]> metadata(String name) {
        try {
            return desk.tables().read(open -> MetadataRows.one(open, MetadataRows.RELEASE, name));
        } catch (ReleasesException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Gateway gateway(String device) {
        return new Gateway(
                "g-abcdefghijkl",
                "0001",
                Console.MODEL,
                Life.values()[0],
                Optional.of(device),
                Set.of(),
                Gateway.Contact.NONE,
                Optional.empty(),
                Optional.empty(),
                0,
                Instant.EPOCH,
                1);
    }

    private void begin(Consoles consoles) throws Exception {
        desk = new AssigningConsole(consoles, work);
        console = desk.console;
        director = desk.director;
    }
}
