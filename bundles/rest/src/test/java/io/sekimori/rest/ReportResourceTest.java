package io.sekimori.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.fleet.Courier;
import io.sekimori.fleet.Courier.Body;
import io.sekimori.fleet.Courier.Delivery;
import io.sekimori.fleet.Courier.Parcel;
import io.sekimori.fleet.DeviceReport;
import io.sekimori.fleet.DeviceReport.Outcome;
import io.sekimori.fleet.DeviceReport.Transition;
import io.sekimori.fleet.Fleet;
import io.sekimori.fleet.FleetCode;
import io.sekimori.fleet.Gateway;
import io.sekimori.fleet.Life;
import io.sekimori.fleet.ReportAnswer;
import io.sekimori.fleet.RunningBundle;
import io.sekimori.releases.CurrentAssignment;
import io.sekimori.releases.Director;
import io.sekimori.web.Request;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A gateway is asked to prove itself: only its own, new answer counts, and what it shows is called what it is. */
class ReportResourceTest {

    private static final String ID = "g-aaaaaaaaaaaa";
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final RunningBundle OLD = new RunningBundle("org.example.app", "1.0.0", "a".repeat(64));
    private static final RunningBundle NEW = new RunningBundle("org.example.app", "2.0.0", "b".repeat(64));

    private static final RunningBundle LAUNCHER = new RunningBundle("x", "1.0.0", "c".repeat(64));

    private final ReportResource resource = new ReportResource();
    private RunningBundle launcher = LAUNCHER;
    private final List<Parcel> asked = new ArrayList<>();
    private Delivery delivery = new Delivery.Answered(200, Map.of(), new Body(new byte[] {1}));
    private Optional<CurrentAssignment> assigned = Optional.of(assignment(7));
    private DeviceReport report = report(NEW, true, 7, List.of(), Optional.empty());
    private boolean answersThis = true;
    private Optional<ReportAnswer> instead = Optional.empty();

    ReportResourceTest() {
        resource.courier = Faked.service(Courier.class, (name, arguments) -> {
            asked.add((Parcel) arguments[0]);
            return CompletableFuture.completedFuture(delivery);
        });
        resource.fleet = Faked.service(Fleet.class, (name, arguments) -> instead.orElseGet(this::accepted));
        resource.director = Faked.service(Director.class, (name, arguments) -> assigned);
    }

    @Test
    void eachQuestionHasANumberOfItsOwn() throws Exception {
        ask();
        ask();

        assertThat(asked).allSatisfy(parcel -> {
            assertThat(parcel.application() + " " + parcel.resource()).isEqualTo("SEKIMORI-V1 [report]");
            assertThat(nonce(parcel)).matches("[A-Za-z0-9_-]{22}");
        });
        assertThat(nonce(asked.get(0))).isNotEqualTo(nonce(asked.get(1)));
    }

    @Test
    void whoRunsWhatWasAssignedIsShownSo() throws Exception {
        assertThat(verdict()).isEqualTo("AS_ASSIGNED");
    }

    @Test
    void whoWasAssignedNothingIsShownSo() throws Exception {
        assigned = Optional.empty();

        assertThat(verdict()).isEqualTo("NOTHING_ASSIGNED");
    }

    @Test
    void otherBundlesAreNotSuccess() throws Exception {
        report = report(OLD, true, 7, List.of(), Optional.empty());

        assertThat(verdict()).isEqualTo("DIFFERS");
    }

    @Test
    void whatIsOnTrialIsNotSuccess() throws Exception {
        report = report(NEW, false, 7, List.of(), Optional.empty());

        assertThat(verdict()).isEqualTo("ON_TRIAL");
    }

    @Test
    void aFindingIsNotSuccessWhateverRuns() throws Exception {
        report = report(NEW, true, 7, List.of("FILE_DIFFERS org.example.app/2.0.0"), Optional.empty());

        assertThat(verdict()).isEqualTo("TAMPERED");
        report = report(NEW, true, 7, List.of("STATE_UNREADABLE the count of forgeries"), Optional.empty());
        assertThat(verdict()).isEqualTo("TAMPERED");
    }

    @Test
    void anAttackThatWasFendedOffChangesNothing() throws Exception {
        report = report(NEW, true, 7, List.of("ATTACK BELOW_FLOOR by console, seen 1"), Optional.empty());

        assertThat(verdict()).isEqualTo("AS_ASSIGNED");
    }

    @Test
    void fallingBackIsShownAsThat() throws Exception {
        report = report(OLD, true, 7, List.of(), Optional.of(transition(7, Outcome.REVERTED)));

        assertThat(verdict()).isEqualTo("FELL_BACK");
        report = report(OLD, true, 7, List.of(), Optional.of(transition(7, Outcome.INTERRUPTED)));
        assertThat(verdict()).isEqualTo("FELL_BACK");
    }

    @Test
    void whatWasConfirmedAndDidNotStartAgainIsAFallBack() throws Exception {
        String fell = "FELL_BACK generation 2: FILE_DIFFERS org.example.app/2.0.0";
        report = report(OLD, false, 6, List.of(fell), Optional.of(transition(7, Outcome.CONFIRMED)));

        assertThat(verdict()).isEqualTo("FELL_BACK");
        report = report(OLD, false, 6, List.of(fell, "UNADMITTED a/1.0.0"), Optional.empty());
        assertThat(verdict()).isEqualTo("TAMPERED");
    }

    @Test
    void aRefusalIsShownAsThat() throws Exception {
        report = report(OLD, true, 7, List.of(), Optional.of(transition(7, Outcome.REFUSED)));

        assertThat(verdict()).isEqualTo("NOT_TAKEN");
    }

    @Test
    void whoStartsWithAnotherLauncherThanAssignedIsShownSo() throws Exception {
        launcher = new RunningBundle("x", "0.9.0", "e".repeat(64));
        report = report(NEW, true, 7, List.of(), Optional.of(transition(7, Outcome.REFUSED)));

        assertThat(verdict()).isEqualTo("NOT_TAKEN");
    }

    @Test
    void whoHasNotSeenItsAssignmentIsShownSo() throws Exception {
        report = report(OLD, true, 6, List.of(), Optional.of(transition(6, Outcome.CONFIRMED)));

        assertThat(verdict()).isEqualTo("NOT_SEEN");
    }

    @Test
    void anAssignmentThatCannotBeReadProvesNobody() throws Exception {
        assigned = Optional.of(new CurrentAssignment("d".repeat(64), 7, NOON, NOON.plusSeconds(60), "{}"));

        assertThat(verdict()).isEqualTo("DIFFERS");
    }

    @Test
    void aReportThatAnswersAnotherQuestionIsAReplay() throws Exception {
        answersThis = false;

        assertThat(Asking.outcome(resource, request())).isEqualTo("502 REPORT_STALE");
    }

    @Test
    void aReportThatIsKnownIsAReplay() throws Exception {
        instead = Optional.of(new ReportAnswer.Known(gateway()));

        assertThat(Asking.outcome(resource, request())).isEqualTo("502 REPORT_STALE");
    }

    @Test
    void aReportThatIsNotBelievedSaysWhy() throws Exception {
        for (FleetCode code : List.of(FleetCode.REPORT_REPLAYED, FleetCode.REPORT_FORGED)) {
            instead = Optional.of(new ReportAnswer.Dropped(code, "by test"));

            assertThat(Asking.outcome(resource, request())).isEqualTo("502 " + code);
        }
    }

    @Test
    void silenceIsSilence() throws Exception {
        delivery = new Delivery.Unanswered(FleetCode.NO_ANSWER, "in 10 s");

        assertThat(Asking.outcome(resource, request())).isEqualTo("504 NO_ANSWER");
    }

    @Test
    void whoProvesNothingIsNotBelieved() throws Exception {
        delivery = new Delivery.Unproved(200, Map.of(), new Body(new byte[] {1}));
        assertThat(Asking.outcome(resource, request())).isEqualTo("504 ANSWER_UNUSABLE");

        delivery = new Delivery.Answered(500, Map.of("response.reason", "KEYS_UNAVAILABLE"), Body.EMPTY);
        assertThat(Asking.outcome(resource, request())).isEqualTo("502 ANSWER_UNUSABLE");
    }

    @Test
    void partsThatAreAwayAreSaidSo() throws Exception {
        resource.director = null;
        assertThat(Asking.outcome(resource, request())).isEqualTo("503 AREA_ABSENT");

        resource.fleet = null;
        assertThat(Asking.outcome(resource, request())).isEqualTo("503 AREA_ABSENT");
    }

    private ReportAnswer accepted() {
        String nonce = answersThis ? nonce(asked.get(asked.size() - 1)) : "older";
        DeviceReport said = new DeviceReport(
                report.sequence(),
                report.made(),
                nonce,
                report.generation(),
                report.confirmed(),
                report.assignment(),
                report.accepted(),
                report.bundles(),
                report.slot(),
                report.findings(),
                report.transition(),
                report.noted());
        return new ReportAnswer.Accepted(gateway(), said);
    }

    private DeviceReport report(
            RunningBundle bundle,
            boolean confirmed,
            long accepted,
            List<String> findings,
            Optional<Transition> transition) {
        return new DeviceReport(
                3,
                NOON,
                "",
                2,
                confirmed,
                accepted,
                accepted,
                List.of(bundle),
                List.of(launcher),
                findings,
                transition,
                DeviceReport.Noted.NOTHING);
    }

    private static Transition transition(long assignment, Outcome outcome) {
        return new Transition(
                "t-1", 1, 2, assignment, outcome, "UNHEALTHY", "", "console console", NOON, Optional.empty());
    }

    private static CurrentAssignment assignment(long version) {
        String document = """
                {"signatures": [], "signed": {"targets": {
                  "org.example.app/2.0.0/org.example.app-2.0.0.jar": {"hashes": {"sha256": "%s"}, "length": 1,
                    "custom": {"symbolicName": "org.example.app", "version": "2.0.0", "kind": "bundle"}},
                  "slot/x/1.0.0/x-1.0.0.jar": {"hashes": {"sha256": "%s"}, "length": 1,
                    "custom": {"symbolicName": "x", "version": "1.0.0", "kind": "slot"}}}}}
                """.formatted(NEW.sha256(), LAUNCHER.sha256());
        return new CurrentAssignment("d".repeat(64), version, NOON, NOON.plusSeconds(60), document);
    }

    private static Gateway gateway() {
        return new Gateway(
                ID,
                "0001",
                "M-1",
                Life.ACTIVATED,
                Optional.of("d".repeat(64)),
                Set.of(),
                Gateway.Contact.NONE,
                Optional.empty(),
                Optional.empty(),
                0,
                NOON,
                1);
    }

    private static String nonce(Parcel parcel) {
        return String.valueOf(parcel.metrics().get("nonce"));
    }

    private Request request() {
        return Asking.request(resource, "askReport").at("id", ID);
    }

    private void ask() throws Exception {
        assertThat(resource.handle(request()).status()).isEqualTo(200);
    }

    private String verdict() throws Exception {
        return String.valueOf(Asking.json(resource.handle(request())).get("verdict"));
    }
}
