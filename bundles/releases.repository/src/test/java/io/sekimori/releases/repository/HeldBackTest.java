package io.sekimori.releases.repository;

import static io.sekimori.releases.repository.AssigningConsole.DEVICE;
import static io.sekimori.releases.repository.AssigningConsole.OTTO;
import static io.sekimori.releases.repository.AssigningConsole.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sekimori.records.kit.Consoles;
import io.sekimori.records.kit.OnBothDatabases;
import io.sekimori.releases.Changes;
import io.sekimori.releases.CurrentAssignment;
import io.sekimori.releases.HeldAssignment;
import io.sekimori.releases.ImportAnswer;
import io.sekimori.releases.Order;
import io.sekimori.releases.PackAnswer;
import io.sekimori.releases.ReleasesException;
import io.sekimori.releases.TakeBack;
import io.sekimori.trust.Acceptance;
import io.sekimori.trust.Kind;
import io.sekimori.trust.Permit;
import io.sekimori.trust.TrustCode;
import io.sekimori.trust.UnitFacts;
import io.sekimori.trust.UpdateVerifier;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;

/**
 * A publisher raises a floor above what is assigned. The console holds it back, so that no gateway takes an old assignment for an
 * attack; it ends with another assignment or a permit. On both databases.
 */
class HeldBackTest {

    private static final String OTHER = Console.device(2);

    @TempDir
    private Path work;

    private AssigningConsole desk;
    private Console console;
    private FreshAssignments fresh;
    private long assigned;

    @OnBothDatabases
    void whatFellBelowAFloorIsNeitherHandedOutNorSignedAnew(Consoles consoles) throws Exception {
        begin(consoles);
        assertThat(given()).isPresent();
        assertThat(desk.director.held(DEVICE)).isEmpty();
        raise();

        assertThat(given()).isEmpty();
        console.time.pass(Duration.ofDays(25)); // it ages
        assertThat(given()).isEmpty();

        assertThat(desk.current(DEVICE).version()).isEqualTo(assigned);
        assertThat(desk.director.held(DEVICE)).get().satisfies(held -> {
            assertThat(held.version()).isEqualTo(assigned);
            assertThat(held.code()).isEqualTo("BELOW_FLOOR");
            assertThat(held.detail()).contains(Console.APP + "/1.0.0/").endsWith("has counter 1, the floor is 3");
        });
        assertThat(desk.director.held(Console.device(9))).isEmpty();
    }

    /** The false alarm, as it was: signed after the floor, the old content is what only an attacker sends. */
    @OnBothDatabases
    void whatIsStillOnItsWayIsNoAttackAndNothingLaterIsSigned(Consoles consoles) throws Exception {
        begin(consoles);
        CurrentAssignment onItsWay = given().orElseThrow();
        raise();
        console.time.pass(Duration.ofDays(25));

        assertThat(verdict(onItsWay)).isEqualTo(TrustCode.FLOOR_RISEN.name());

        RefusedException refused =
                catchThrowableOfType(RefusedException.class, () -> signing().renew(DEVICE));
        assertThat(refused.code()).isEqualTo("BELOW_FLOOR");
        assertThat(desk.director.current(DEVICE)).contains(onItsWay);
    }

    @OnBothDatabases
    void anotherAssignmentEndsIt(Consoles consoles) throws Exception {
        begin(consoles);
        raise();
        long next = desk.assigned(desk.order(set(Console.APP, "1.2.0"))).version();

        assertThat(given()).get().extracting(CurrentAssignment::version).isEqualTo(next);
        assertThat(desk.director.held(DEVICE)).isEmpty();
        assertThat(verdict(given().orElseThrow())).isEqualTo("accepted");
    }

    @OnBothDatabases
    void aPermitEndsItForItsTime(Consoles consoles) throws Exception {
        begin(consoles);
        assertThat(given()).isPresent();
        raise();
        assertThat(given()).isEmpty();
        assertThat(desk.director.held(DEVICE)).isPresent();
        permit(Duration.ofDays(2));

        assertThat(desk.director.held(DEVICE)).isEmpty();
        assertThat(given()).get().extracting(CurrentAssignment::version).isEqualTo(assigned);
        assertThat(verdict(given().orElseThrow())).isEqualTo("accepted");

        console.time.pass(Duration.ofDays(2));
        assertThat(given()).isEmpty();
        assertThat(desk.director.held(DEVICE))
                .get()
                .extracting(HeldAssignment::detail)
                .asString()
                .contains("the floor is 3; PERMIT_EXPIRED");
    }

    @OnBothDatabases
    void whatTakesBackAssignsNothingAndIsNotHeld(Consoles consoles) throws Exception {
        begin(consoles);
        raise();
        desk.director.takeBack(new TakeBack(DEVICE, Console.MODEL, assigned, assigned), "rollout:r-1");

        assertThat(given()).isPresent();
        assertThat(desk.director.held(DEVICE)).isEmpty();
    }

    @OnBothDatabases
    void noPackIsMadeOfItUnlessItIsPermitted(Consoles consoles) throws Exception {
        begin(consoles);
        StickPacks packs = console.packs(desk.records);
        raise();

        assertThat(packs.of(DEVICE, OTTO)).isInstanceOfSatisfying(PackAnswer.Refused.class, refused -> {
            assertThat(refused.code()).isEqualTo("BELOW_FLOOR");
            assertThat(refused.detail()).contains(Console.APP + "/1.0.0/").endsWith("has counter 1, the floor is 3");
        });
        assertThat(desk.current(DEVICE).version()).isEqualTo(assigned);
        permit(Duration.ofDays(2));

        assertThat(packs.of(DEVICE, OTTO)).isInstanceOf(PackAnswer.Ready.class);
    }

    @OnBothDatabases
    void nobodyIsAskedToApproveWhatIsHeldBack(Consoles consoles) throws Exception {
        begin(consoles);
        desk.director.assign(List.of(new Order(OTHER, Console.MODEL, console.report(OTHER, 1), Changes.NONE)), OTTO);
        CollectedApprovals approvals = console.approvals(desk.records, CollectedApprovals.MOST_CONTENT_BYTES);
        assertThat(awaiting(approvals)).containsExactly(DEVICE, OTHER);
        Set<String> awaited = approvals.awaited(List.of(DEVICE, OTHER));
        raise();

        assertThat(awaiting(approvals)).isEmpty();
        // What was signed before is not refused: people may yet permit it.
        assertThat(approvals.awaited(List.of(DEVICE, OTHER))).isEqualTo(awaited);
        permit(Duration.ofDays(2));

        assertThat(awaiting(approvals)).as("it is of one of them").containsExactly(DEVICE);
        console.time.pass(Duration.ofDays(2));
        assertThat(awaiting(approvals)).isEmpty();
    }

    @OnBothDatabases
    void whatItIsToStartWithIsHeldWhateverIsPermitted(Consoles consoles) throws Exception {
        begin(consoles);
        console.time.pass(Duration.ofHours(1));
        console.add(Console.LAUNCHER, "1.1.0", 2, 2, Kind.SLOT);
        desk.bring();
        permit(Duration.ofDays(2));

        assertThat(given()).isEmpty();
    }

    private void begin(Consoles consoles) throws Exception {
        desk = new AssigningConsole(consoles, work);
        fresh = desk.fresh();
        console = desk.console;
        assigned = desk.assigned(desk.order(Changes.NONE)).version();
    }

    private void raise() throws Exception {
        console.time.pass(Duration.ofHours(1));
        console.add(Console.APP, "1.2.0", 3, 3, Kind.BUNDLE);
        desk.bring();
    }

    private void permit(Duration lasting) throws Exception {
        Permit permit = new Permit(
                console.time.now,
                console.time.now.plus(lasting),
                Console.MODEL,
                Set.of(DEVICE),
                List.of(Permit.Item.of(console.released(Console.APP, "1.0.0"))),
                "by test");
        assertThat(console.releases(desk.records).importPermit(permit.signed(List.of(console.targets)), "person:rita"))
                .isEqualTo(new ImportAnswer.Taken(true));
    }

    private static List<String> awaiting(CollectedApprovals approvals) throws ReleasesException {
        return approvals.contents(List.of(DEVICE, OTHER)).stream()
                .flatMap(content -> content.devices().stream())
                .toList();
    }

    /** What the gateway gets that asks now, of a console that was there before whatever happened. */
    private Optional<CurrentAssignment> given() throws Exception {
        return fresh.of(DEVICE);
    }

    private Signing signing() {
        return new Signing(
                new Repositories(desk.tables(), () -> console.settings), () -> console.settings, console.time);
    }

    /** What a gateway makes of it that follows the releases of this console. */
    private String verdict(CurrentAssignment assignment) throws IOException {
        UpdateVerifier verifier =
                new UpdateVerifier(work.resolve("state"), console.offline.anchor(), console.offlineDirector.anchor());
        Acceptance answer = verifier.verify(
                (name, most) -> served(name),
                (name, most) -> name.equals("targets.json")
                        ? Optional.of(assignment.document().getBytes(StandardCharsets.UTF_8))
                        : Optional.empty(),
                new UnitFacts(DEVICE, Console.MODEL),
                Map.of(),
                console.time.now);
        return answer instanceof Acceptance.Refused refused
                ? refused.refusal().code().name()
                : "accepted";
    }

    private Optional<byte[]> served(String name) {
        try {
            return desk.tables().read(connection -> MetadataRows.one(connection, MetadataRows.RELEASE, name));
        } catch (ReleasesException e) {
            throw new IllegalStateException(e);
        }
    }
}
