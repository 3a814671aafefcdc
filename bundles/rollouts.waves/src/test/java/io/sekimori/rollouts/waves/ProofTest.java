package io.sekimori.rollouts.waves;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.fleet.DeviceReport;
import io.sekimori.fleet.DeviceReport.Outcome;
import io.sekimori.fleet.DeviceReport.Transition;
import io.sekimori.fleet.RunningBundle;
import io.sekimori.rollouts.RolloutCode;
import io.sekimori.rollouts.TargetState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProofTest {

    private static final RunningBundle OLD = new RunningBundle("org.example.a", "1.0.0", "a".repeat(64));
    private static final RunningBundle NEW = new RunningBundle("org.example.a", "2.0.0", "b".repeat(64));
    private static final RunningBundle OTHER = new RunningBundle("org.example.a", "2.0.0", "c".repeat(64));

    @Test
    void exactlyTheAssignedBytesAreAProof() {
        assertThat(judge(TargetState.ASSIGNED, running(10, true, NEW))).contains(move(TargetState.CONFIRMED, ""));
        assertThat(judge(TargetState.SILENT, running(10, true, NEW))).contains(move(TargetState.CONFIRMED, ""));
    }

    @Test
    void theSameVersionWithOtherBytesIsNone() {
        DeviceReport report = report(10, 10, true, List.of(OTHER), last(10, Outcome.CONFIRMED, ""));

        assertThat(judge(TargetState.ASSIGNED, report)).get().satisfies(move -> {
            assertThat(move.to()).isEqualTo(TargetState.FAILED);
            assertThat(move.code()).isEqualTo(RolloutCode.RUNS_OTHERWISE.name());
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UNADMITTED org.example.intruder/1.0.0",
                "FILE_DIFFERS slot file io.sekimori.launcher.jar",
                "FILE_UNREADABLE slot file java",
                "STATE_UNREADABLE the count of forgeries cannot be read",
                "WHAT_NOBODY_KNOWS_YET"
            })
    void whatIsNotAsSignedIsNoSuccessWhateverRuns(String finding) {
        DeviceReport report = found(10, List.of(NEW), last(10, Outcome.CONFIRMED, ""), finding);

        for (TargetState before : List.of(TargetState.ASSIGNED, TargetState.IN_PROGRESS, TargetState.SILENT)) {
            assertThat(judge(before, report)).contains(notAsSigned(finding));
        }
        assertThat(judge(TargetState.FAILED, report)).isEmpty();
        assertThat(judge(TargetState.FAILED, running(10, true, NEW))).contains(move(TargetState.CONFIRMED, ""));
    }

    @Test
    void anAttackThatWasFendedOffIsNoSignThatSomethingWasChanged() {
        DeviceReport report =
                found(10, List.of(NEW), Optional.empty(), "ATTACK BELOW_FLOOR by console, seen 1, last 2026-11-22");

        assertThat(judge(TargetState.ASSIGNED, report)).contains(move(TargetState.CONFIRMED, ""));
    }

    @Test
    void aFileThatWasChangedIsNamedInsteadOfOtherBundles() {
        String finding = "FILE_DIFFERS org.example.a/2.0.0";

        assertThat(judge(TargetState.ASSIGNED, found(10, List.of(OTHER), last(10, Outcome.CONFIRMED, ""), finding)))
                .contains(notAsSigned(finding));
    }

    /** In the middle of the next transition it runs none that it knows, either: that says nothing of this one. */
    @Test
    void whoRunsNoGenerationThatItKnowsIsNoSuccessUnlessItIsAtTheNext() {
        String finding = "RUNNING_DIFFERS the bundles that run are those of neither of [1, 2]";

        assertThat(judge(TargetState.ASSIGNED, unknown(10, finding))).contains(notAsSigned(finding));
        assertThat(judge(TargetState.ASSIGNED, unknown(11, finding))).isEmpty();
    }

    @Test
    void whatWasNotAsSignedAndFallsBackIsTakenBackAsAnyOther() {
        Proof.Pending failed = new Proof.Pending(
                TargetState.FAILED, RolloutCode.NOT_AS_SIGNED.name(), 10, digest(OLD), digest(NEW), 1, false, 0);
        String fell = "FELL_BACK generation 2: FILE_DIFFERS org.example.a/2.0.0";

        assertThat(Proof.judge(failed, fellBack(9, fell, Optional.empty())))
                .contains(move(TargetState.REVERTED, RolloutCode.FELL_BACK.name(), fell));
    }

    private static DeviceReport unknown(long accepted, String finding) {
        return new DeviceReport(
                1,
                Instant.EPOCH,
                "",
                0,
                false,
                0,
                accepted,
                List.of(),
                List.of(finding),
                last(10, Outcome.CONFIRMED, ""));
    }

    private static DeviceReport found(
            long assignment, List<RunningBundle> bundles, Optional<Transition> last, String finding) {
        return new DeviceReport(1, Instant.EPOCH, "", 1, true, assignment, assignment, bundles, List.of(finding), last);
    }

    private static Proof.Move notAsSigned(String finding) {
        return move(TargetState.FAILED, RolloutCode.NOT_AS_SIGNED.name(), finding);
    }

    @Test
    void aTargetThatAnEarlierConsoleAssignedIsJudgedByBundlesAlone() {
        RunningBundle launcher = new RunningBundle("org.example.launcher", "1.0.0", "d".repeat(64));
        DeviceReport plain = running(10, true, NEW);
        DeviceReport whole = new DeviceReport(
                1,
                Instant.EPOCH,
                "",
                1,
                true,
                10,
                10,
                List.of(NEW),
                List.of(launcher),
                List.of(),
                plain.transition(),
                DeviceReport.Noted.NOTHING);

        assertThat(judge(TargetState.ASSIGNED, whole)).contains(move(TargetState.CONFIRMED, ""));
    }

    @Test
    void whatIsOnTrialIsNone() {
        assertThat(judge(TargetState.ASSIGNED, running(10, false, NEW))).isEmpty();
    }

    @Test
    void aReportFromBeforeTheAssignmentMovesNothing() {
        assertThat(judge(TargetState.ASSIGNED, running(9, true, OLD))).isEmpty();
        assertThat(judge(TargetState.SILENT, running(9, true, OLD))).isEmpty();
        assertThat(judge(
                        TargetState.ASSIGNED, report(9, 9, true, List.of(OLD), last(9, Outcome.REVERTED, "UNHEALTHY"))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"REFUSED,REFUSED,X", "REVERTED,REVERTED,X", "INTERRUPTED,FAILED,X", "CANCELLED,FAILED,CANCELLED"})
    void howTheOwnTransitionEndedIsWhereItStands(Outcome outcome, TargetState state, String code) {
        DeviceReport report = report(9, 10, true, List.of(OLD), last(10, outcome, "X"));

        assertThat(judge(TargetState.IN_PROGRESS, report)).get().satisfies(move -> {
            assertThat(move.to()).isEqualTo(state);
            assertThat(move.code()).isEqualTo(code);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DOWNLOAD_BY_HAND",
                "INSTALL_BY_HAND",
                "DEFERRED",
                "OUTSIDE_WINDOW",
                "CLOCK_WRONG",
                "TIME_UNTRUSTED",
                "APPROVALS_MISSING",
                "APPROVALS_EXPIRED",
                "APPROVALS_OTHER",
                "APPROVALS_BROKEN"
            })
    void whoWaitsByItsOwnPolicyHasNotRefused(String code) {
        DeviceReport waiting = report(9, 10, true, List.of(OLD), last(10, Outcome.REFUSED, code));

        assertThat(judge(TargetState.IN_PROGRESS, waiting)).contains(move(TargetState.ASSIGNED, code));
        assertThat(judge(TargetState.ASSIGNED, waiting)).contains(move(TargetState.ASSIGNED, code));
        assertThat(judge(TargetState.SILENT, waiting)).contains(move(TargetState.ASSIGNED, code));
        Proof.Pending known = new Proof.Pending(TargetState.ASSIGNED, code, 10, digest(OLD), digest(NEW), 1, false, 0);
        assertThat(Proof.judge(known, waiting)).isEmpty();
        assertThat(Proof.judge(known, running(10, true, NEW))).contains(move(TargetState.CONFIRMED, ""));
    }

    @Test
    void aStickUpdateIsAFactOnWhichItIsMadeAnew() {
        RunningBundle stick = new RunningBundle("org.example.b", "1.0.0", "d".repeat(64));

        assertThat(judge(TargetState.ASSIGNED, running(9, true, OLD, stick)))
                .get()
                .extracting(Proof.Move::to)
                .isEqualTo(TargetState.WAITING);
        assertThat(judge(TargetState.ASSIGNED, running(11, true, OLD)))
                .get()
                .extracting(Proof.Move::to)
                .isEqualTo(TargetState.WAITING);
    }

    @Test
    void aStickUpdateToJustThatIsAProof() {
        assertThat(judge(TargetState.ASSIGNED, running(11, true, NEW))).contains(move(TargetState.CONFIRMED, ""));
    }

    @Test
    void whoIsOvertakenAgainAndAgainIsGivenUp() {
        Proof.Pending tried =
                new Proof.Pending(TargetState.ASSIGNED, "", 10, digest(OLD), digest(NEW), Proof.MOST_TRIES, false, 0);

        assertThat(Proof.judge(tried, running(11, true, OLD)))
                .get()
                .extracting(Proof.Move::code)
                .isEqualTo(RolloutCode.OVERTAKEN.name());
    }

    @Test
    void anEndedRolloutAssignsNothingAnew() {
        Proof.Pending ended = new Proof.Pending(TargetState.ASSIGNED, "", 10, digest(OLD), digest(NEW), 1, true, 0);

        assertThat(Proof.judge(ended, running(11, true, OLD)))
                .get()
                .extracting(Proof.Move::to, Proof.Move::code)
                .containsExactly(TargetState.CANCELLED, RolloutCode.SUPERSEDED.name());
    }

    @Test
    void whoIsToRunWhatItRunsMustHaveSeenTheAssignment() {
        Proof.Pending same = new Proof.Pending(TargetState.ASSIGNED, "", 10, digest(OLD), digest(OLD), 1, false, 0);

        assertThat(Proof.judge(same, running(9, true, OLD))).isEmpty();
        assertThat(Proof.judge(same, running(10, true, OLD))).contains(move(TargetState.CONFIRMED, ""));
        assertThat(Proof.judge(same, report(9, 9, true, List.of(OLD), last(10, Outcome.REFUSED, "NOTHING_TO_DO"))))
                .contains(move(TargetState.CONFIRMED, ""));
    }

    /** Other start levels are no other bundles: that it knows the assignment, and runs what it ran, is no success. */
    @Test
    void whatIsToRunAtOtherLevelsAloneIsProvedByItsOwnEnd() {
        Proof.Pending levels = new Proof.Pending(TargetState.ASSIGNED, "", 10, digest(OLD), digest(OLD), 1, false, 0);

        assertThat(Proof.judge(levels, report(9, 10, true, List.of(OLD), Optional.empty())))
                .isEmpty();
        assertThat(Proof.judge(levels, report(9, 10, true, List.of(OLD), last(10, Outcome.REVERTED, "UNHEALTHY"))))
                .contains(move(TargetState.REVERTED, "UNHEALTHY"));
        assertThat(Proof.judge(levels, report(9, 10, true, List.of(OLD), last(10, Outcome.REFUSED, "BELOW_FLOOR"))))
                .contains(move(TargetState.REFUSED, "BELOW_FLOOR"));
        assertThat(Proof.judge(levels, report(10, 10, true, List.of(OLD), last(10, Outcome.CONFIRMED, ""))))
                .contains(move(TargetState.CONFIRMED, ""));
    }

    @ParameterizedTest
    @EnumSource(
            value = TargetState.class,
            names = {"FAILED", "REVERTED", "REFUSED", "CANCELLED"})
    void whatIsOverChangesOnlyByItsOwnAssignment(TargetState state) {
        assertThat(judge(state, running(12, true, NEW))).isEmpty();
        assertThat(judge(state, running(12, true, OLD))).isEmpty();
        assertThat(judge(state, running(10, true, NEW))).contains(move(TargetState.CONFIRMED, ""));
    }

    @Test
    void aFallBackTakesBackWhatWasConfirmedAfterWhatRuns() {
        String fell = "FELL_BACK generation 2: FILE_DIFFERS org.example.a/2.0.0";
        DeviceReport older = fellBack(9, fell, last(10, Outcome.CONFIRMED, ""));

        Proof.Move back = new Proof.Move(TargetState.REVERTED, RolloutCode.FELL_BACK.name(), fell);
        assertThat(judge(TargetState.CONFIRMED, older)).contains(back);
        assertThat(judge(TargetState.IN_PROGRESS, older)).contains(back);
        assertThat(judge(TargetState.REVERTED, older)).isEmpty();
        assertThat(judge(TargetState.CONFIRMED, fellBack(10, fell, Optional.empty())))
                .isEmpty();
        // What it was assigned after that is another thing.
        assertThat(judge(TargetState.ASSIGNED, fellBack(8, fell, last(9, Outcome.CONFIRMED, ""))))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "REFUSED,X,REFUSED,X",
        "REFUSED,OUTSIDE_WINDOW,ASSIGNED,OUTSIDE_WINDOW",
        "REVERTED,X,REVERTED,X",
        "INTERRUPTED,X,FAILED,X",
        "CANCELLED,X,FAILED,CANCELLED"
    })
    void whatWasAssignedAfterAFallBackEndsAsAnywhereElse(
            Outcome outcome, String code, TargetState state, String reason) {
        DeviceReport report = fellBack(8, "FELL_BACK generation 2", last(10, outcome, code));

        for (TargetState before : List.of(TargetState.ASSIGNED, TargetState.IN_PROGRESS, TargetState.SILENT)) {
            assertThat(judge(before, report)).get().satisfies(move -> {
                assertThat(move.to()).isEqualTo(state);
                assertThat(move.code()).isEqualTo(reason);
            });
        }
        assertThat(judge(TargetState.CONFIRMED, report))
                .get()
                .extracting(Proof.Move::code)
                .isEqualTo(RolloutCode.FELL_BACK.name());
    }

    private static DeviceReport fellBack(long assignment, String finding, Optional<Transition> last) {
        return new DeviceReport(1, Instant.EPOCH, "", 1, false, assignment, 10, List.of(OLD), List.of(finding), last);
    }

    @Test
    void judgingAgainGivesNothingNew() {
        DeviceReport report = report(9, 10, true, List.of(OLD), last(10, Outcome.REVERTED, "X"));

        assertThat(judge(TargetState.REVERTED, report)).isEmpty();
    }

    /** It confirms nothing as long as it runs its fallback, and says all the same what became of what was taken back. */
    @Test
    void whatIsTakenBackFromOneThatFellBackIsCancelledOnceItSaysSo() {
        String fell = "FELL_BACK generation 2";
        Proof.Pending open = takenBack(TargetState.ASSIGNED);

        assertThat(Proof.judge(open, fellBack(8, fell, Optional.empty()))).isEmpty();
        for (Optional<Transition> last :
                List.of(last(10, Outcome.CANCELLED, ""), last(12, Outcome.REFUSED, "TAKEN_BACK"))) {
            assertThat(Proof.judge(open, fellBack(8, fell, last)))
                    .contains(move(TargetState.CANCELLED, RolloutCode.TAKEN_BACK.name(), fell));
            assertThat(Proof.judge(takenBack(TargetState.REFUSED), fellBack(8, fell, last)))
                    .isEmpty();
        }
        assertThat(Proof.judge(open, fellBack(8, fell, last(12, Outcome.REFUSED, "TAKEN_BACK_TOO_LATE"))))
                .isEmpty();
    }

    @Test
    void whatCameTooLateToBeTakenBackIsNoSuccessWhereSomethingIsNotAsSigned() {
        String finding = "UNADMITTED org.example.intruder/1.0.0";

        assertThat(Proof.judge(takenBack(TargetState.ASSIGNED), found(10, List.of(NEW), Optional.empty(), finding)))
                .contains(notAsSigned(finding));
        assertThat(Proof.judge(takenBack(TargetState.FAILED), running(10, true, NEW)))
                .contains(move(TargetState.CONFIRMED, RolloutCode.TAKEN_BACK_TOO_LATE.name(), "generation 1"));
    }

    private static Proof.Pending takenBack(TargetState state) {
        return new Proof.Pending(state, "", 10, digest(OLD), digest(NEW), 1, false, 11);
    }

    private static Optional<Proof.Move> judge(TargetState state, DeviceReport report) {
        return Proof.judge(new Proof.Pending(state, "", 10, digest(OLD), digest(NEW), 1, false, 0), report);
    }

    private static Proof.Move move(TargetState to, String code) {
        return move(to, code, "");
    }

    private static Proof.Move move(TargetState to, String code, String detail) {
        return new Proof.Move(to, code, detail);
    }

    private static String digest(RunningBundle bundle) {
        return new BundleSet(Set.of(bundle), Set.of(), Optional.empty()).digest();
    }

    private static DeviceReport running(long assignment, boolean confirmed, RunningBundle... bundles) {
        return report(assignment, assignment, confirmed, List.of(bundles), Optional.empty());
    }

    private static DeviceReport report(
            long assignment, long accepted, boolean confirmed, List<RunningBundle> bundles, Optional<Transition> last) {
        return new DeviceReport(1, Instant.EPOCH, "", 1, confirmed, assignment, accepted, bundles, List.of(), last);
    }

    private static Optional<Transition> last(long assignment, Outcome outcome, String code) {
        return Optional.of(
                new Transition("t", 1, 2, assignment, outcome, code, "", "a b", Instant.EPOCH, Optional.empty()));
    }
}
