package io.sekimori.update.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.generation.Confirmed;
import io.sekimori.generation.LastWords;
import io.sekimori.generation.Pointer;
import io.sekimori.generation.StartLog;
import io.sekimori.generation.StartReport;
import io.sekimori.launcher.Admission;
import io.sekimori.launcher.testkit.TestBundle;
import io.sekimori.trust.Swap;
import io.sekimori.update.engine.lab.DynamicUser;
import io.sekimori.update.engine.lab.Item;
import io.sekimori.update.engine.lab.Lab;
import io.sekimori.update.engine.lab.Lonely;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;

/** Faults of disk, services and engine in the middle of a transition: each has its code, and none leaves a half state. */
class FaultTest {

    private static final Map<String, Object> LONG_PROBATION =
            Map.of("probation.seconds", 30, "settle.seconds", 1, "deadline.seconds", 20);
    private static final Map<String, Object> SHORT_PROBATION =
            Map.of("probation.seconds", 2, "settle.seconds", 1, "deadline.seconds", 20);

    @TempDir
    private Path work;

    private Lab lab;

    @BeforeEach
    void open() throws Exception {
        lab = new Lab(work);
    }

    @AfterEach
    void close() throws Exception {
        lab.close();
    }

    @Test
    void aComponentWithoutItsReferenceIsTakenBack() throws Exception {
        start(SHORT_PROBATION);

        String outcome = lab.apply(lab.pack(lab.engine("0.1.0"), app("2.0.0"), lonely()));

        assertThat(outcome).startsWith("Reverted 1 COMPONENTS_UNSATISFIED").contains("lonely lacks partner");
        assertWhole();
    }

    @Test
    void anOldVersionThatIsStillUsedDynamicallyIsTakenBack() throws Exception {
        lab.policy(Map.of("probation.seconds", 0, "settle.seconds", 1, "deadline.seconds", 20));
        lab.start(lab.engine("0.1.0"), shelf("1.0.0"), dynamicUser());

        String outcome = lab.apply(lab.pack(lab.engine("0.1.0"), shelf("1.1.0"), dynamicUser()));

        assertThat(outcome).startsWith("Reverted 1 PENDING_REMOVAL").contains("lab.user uses lab.shelf/1.0.0");
    }

    @Test
    void aWiringThatIsNotThatOfAColdStartIsTakenBack() throws Exception {
        start(SHORT_PROBATION);
        lab.ask("apply", lab.pack(lab.engine("0.1.0"), app("2.0.0")).toString());
        lab.awaitStep("PROBATION watching");
        Admission admission = lab.context().getService(lab.context().getServiceReference(Admission.class));

        admission.withdraw(bundle("slf4j.nop"));

        assertThat(lab.outcome()).startsWith("Reverted 1 WIRING_DIFFERS").contains("slf4j.nop");
        admission.restore(bundle("slf4j.nop"));
        assertWhole();
    }

    @Test
    void aCommitThatCannotBeWrittenIsTakenBack() throws Exception {
        start(SHORT_PROBATION);
        lab.ask("apply", lab.pack(lab.engine("0.1.0"), app("2.0.0")).toString());
        lab.awaitStep("PROBATION watching");
        Path blocked = Files.createDirectory(lab.unit().state().resolve(".confirmed.json.tmp"));

        String outcome = lab.outcome();

        Files.delete(blocked);
        assertThat(outcome).startsWith("Reverted 1 COMMIT_FAILED");
        assertWhole();
    }

    /** Steps and probation are measured, not dated; the next update is numbered, and told, after this one. */
    @Test
    void aClockThatJumpsInProbationEndsNothingAndMixesNothingUp() throws Exception {
        start(SHORT_PROBATION);
        lab.ask("apply", lab.pack(lab.engine("0.1.0"), app("2.0.0")).toString());
        lab.awaitStep("PROBATION watching generation 2");
        lab.ask("time", "2099-01-01T00:00:00Z");
        assertThat(lab.outcome()).isEqualTo("Confirmed 2");
        lab.ask("off", "time");

        lab.ask("apply", lab.pack(lab.engine("0.1.0"), app("3.0.0")).toString());
        lab.awaitStep("PROBATION watching generation 3");
        lab.ask("time", "2001-01-01T00:00:00Z");
        assertThat(lab.outcome()).isEqualTo("Confirmed 3");
        lab.ask("off", "time");

        assertThat(lab.ask("recent")).isEqualTo("[Confirmed 3, Confirmed 2]");
    }

    @Test
    void aJournalThatCannotBeWrittenBeginsNothing() throws Exception {
        start(SHORT_PROBATION);
        Path pack = lab.pack(lab.engine("0.1.0"), app("2.0.0"));
        Files.createDirectory(lab.unit().state().resolve(".transition.json.tmp"));

        assertThat(lab.apply(pack)).contains("code=JOURNAL_UNWRITABLE");
        assertWhole();
    }

    @Test
    void aReportThatCouldNotBeWrittenIsFiledBeforeAnythingElseBegins() throws Exception {
        start(SHORT_PROBATION);
        Files.deleteIfExists(lab.unit().transitions());
        Files.writeString(lab.unit().transitions(), "no folder");
        String id = lab.ask("apply", lab.pack(lab.engine("0.1.0"), app("2.0.0")).toString());
        assertThat(lab.outcome()).startsWith("Confirmed 2");
        Path next = lab.pack(lab.engine("0.1.0"), app("3.0.0"));
        assertThat(lab.apply(next)).contains("code=TRANSITION_OPEN");

        Files.delete(lab.unit().transitions());

        assertThat(lab.apply(next)).isEqualTo("Confirmed 3");
        assertThat(lab.unit().transitions().resolve(id + ".json")).content().contains("CONFIRMED");
    }

    @Test
    void aReportThatCannotBeWrittenIsMadeByTheNextProcess() throws Exception {
        start(SHORT_PROBATION);
        Files.deleteIfExists(lab.unit().transitions());
        Files.writeString(lab.unit().transitions(), "no folder");
        String id = lab.ask("apply", lab.pack(lab.engine("0.1.0"), app("2.0.0")).toString());
        assertThat(lab.outcome()).startsWith("Confirmed 2");
        assertThat(lab.unit().transitionFile()).exists();
        lab.shutdown();
        Files.delete(lab.unit().transitions());

        lab.boot(2, false);
        awaitNoTransition();

        assertThat(lab.unit().transitions().resolve(id + ".json")).content().contains("CONFIRMED");
    }

    @Test
    void aStoreThatCannotBeWrittenIsRefused() throws Exception {
        start(SHORT_PROBATION);
        Path pack = lab.pack(lab.engine("0.1.0"), app("2.0.0"));
        Path blocked = lab.unit().store().path(lab.office().digest("lab.app", "2.0.0"));
        Files.createDirectories(blocked.resolve("occupied"));

        assertThat(lab.apply(pack)).startsWith("Refused 1 STAGING_FAILED");
        assertWhole();
    }

    @Test
    void aPointerThatCannotBeReadRefuses() throws Exception {
        start(SHORT_PROBATION);
        Path pack = lab.pack(lab.engine("0.1.0"), app("2.0.0"));
        byte[] pointer = Files.readAllBytes(lab.unit().confirmedFile());
        Files.writeString(lab.unit().confirmedFile(), "{");

        assertThat(lab.apply(pack)).contains("code=STATE_UNREADABLE");

        Files.write(lab.unit().confirmedFile(), pointer);
        assertWhole();
    }

    @Test
    void aRefusedConfigurationIsTakenBack() throws Exception {
        start(SHORT_PROBATION);
        lab.packs().configurations(Map.of("refused.pid", Map.of("level", 5L)));

        assertThat(lab.apply(lab.pack(lab.engine("0.1.0"), app("2.0.0"))))
                .startsWith("Reverted 1 CONFIGURATION_FAILED");
        assertWhole();
    }

    @Test
    void aFaultOfTheEngineItselfRefusesAndIsSaid() throws Exception {
        start(SHORT_PROBATION);
        lab.packs().configurations(Map.of("exploding.pid", Map.of("level", 5L)));

        assertThat(lab.apply(lab.pack(lab.engine("0.1.0"), app("2.0.0")))).startsWith("Refused 1 ENGINE_FAILED");
        assertWhole();
    }

    @Test
    void anErrorThatNobodyCatchesEndsTheProcessAndNotTheUpdates() throws Exception {
        start(SHORT_PROBATION);
        lab.packs().configurations(Map.of("unlinked.pid", Map.of("level", 5L)));

        lab.ask("apply", lab.pack(lab.engine("0.1.0"), app("2.0.0")).toString());

        assertThat(lab.awaitRestart()).isEqualTo("RESTART");
        assertThat(new Pointer(lab.unit()).confirmed())
                .hasValueSatisfying(
                        confirmed -> assertThat(confirmed.generation()).isEqualTo(1));
    }

    @Test
    void anEngineThatDoesNotTakeOverIsTakenBack() throws Exception {
        start(SHORT_PROBATION);
        Item other = lab.item(TestBundle.of("io.sekimori.update.engine", "9.0.0"), Swap.OVERLAP, "");

        assertThat(lab.apply(lab.pack(other, app("2.0.0")))).startsWith("Reverted 1 HANDOVER_FAILED");
        assertWhole();
        assertThat(lab.apply(lab.pack(lab.engine("0.1.0"), app("2.1.0")))).isEqualTo("Confirmed 3");
    }

    @Test
    void anAssignmentWithoutAnEngineIsRefused() throws Exception {
        start(SHORT_PROBATION);

        assertThat(lab.apply(lab.pack(app("2.0.0")))).startsWith("Refused 1 ENGINE_MISSING");
        assertWhole();
    }

    @Test
    void anEngineThatIsStoppedGoesBackFirst() throws Exception {
        start(LONG_PROBATION);
        String id = lab.ask("apply", lab.pack(lab.engine("0.1.0"), app("2.0.0")).toString());
        lab.awaitStep("PROBATION watching");

        bundle("io.sekimori.update.engine").stop();

        assertThat(lab.outcome()).startsWith("Reverted 1 ENGINE_STOPPED");
        assertThat(lab.greeting("lab.app")).isEqualTo("1.0.0");
        bundle("io.sekimori.update.engine").start();
        assertThat(lab.ask("follow", id)).isEqualTo("true");
        assertWhole();
    }

    @Test
    void aDeadlineIsReportedByTheNextProcess() throws Exception {
        start(LONG_PROBATION);
        String id = lab.ask("apply", lab.pack(lab.engine("0.1.0"), app("2.0.0")).toString());
        lab.awaitStep("PROBATION watching");
        byte[] journal = Files.readAllBytes(lab.unit().transitionFile());
        lab.shutdown();
        Files.write(lab.unit().transitionFile(), journal);
        new StartLog(lab.unit()).record(afterDeadline());

        lab.boot(1, false);
        lab.ask("follow", id);

        assertThat(lab.outcome()).isEqualTo("Interrupted 1 DEADLINE stop the old lab.app");
    }

    @Test
    void aTrialThatCannotBeExaminedTakesNoRequests() throws Exception {
        start(SHORT_PROBATION);
        lab.apply(lab.pack(lab.engine("0.1.0"), app("2.0.0")));
        lab.shutdown();
        new Pointer(lab.unit()).commit(new Confirmed(7, Optional.empty(), Map.of()));

        lab.boot(2, true);

        assertThat(lab.apply(lab.pack(lab.engine("0.1.0"), app("3.0.0")))).contains("code=NOT_CONFIRMED");
    }

    @Test
    void whatIsPutOffIsForgottenBeforeTheJournalSoThatTheNextProcessFinishesIt() throws Exception {
        start(SHORT_PROBATION);
        Path deferral = lab.unit().data("io.sekimori.update.engine").resolve("deferral.json");
        Path blocking = Files.createDirectories(deferral.resolve("blocking"));

        assertThat(lab.apply(lab.pack(lab.engine("0.1.0"), app("2.0.0")))).startsWith("Confirmed 2");

        assertThat(lab.unit().transitionFile()).exists();
        lab.shutdown();
        Files.delete(blocking);
        lab.boot(2, false);
        awaitNoTransition();
        assertThat(deferral).doesNotExist();
    }

    private void awaitNoTransition() {
        long start = System.nanoTime();
        while (Files.exists(lab.unit().transitionFile()) && System.nanoTime() - start < 60_000_000_000L) {
            Thread.onSpinWait();
        }
        assertThat(lab.unit().transitionFile()).doesNotExist();
    }

    private void start(Map<String, Object> policy) throws Exception {
        lab.policy(policy);
        lab.start(lab.engine("0.1.0"), app("1.0.0"));
    }

    private void assertWhole() throws Exception {
        assertThat(lab.greeting("lab.app")).isEqualTo("1.0.0");
        assertThat(lab.ask("generation")).isEqualTo("1");
        assertThat(lab.unit().transitionFile()).doesNotExist();
        assertThat(lab.restarts()).isEmpty();
    }

    private Item app(String version) {
        return lab.greeter("lab.app", version, Swap.OVERLAP, "");
    }

    private Item lonely() {
        return lab.item(
                TestBundle.of("lab.lonely", "1.0.0")
                        .header("Service-Component", "OSGI-INF/lonely.xml")
                        .classes(Lonely.class)
                        .entry("OSGI-INF/lonely.xml", Lonely.COMPONENT.getBytes(StandardCharsets.UTF_8)),
                Swap.OVERLAP,
                "");
    }

    private Item shelf(String version) {
        return lab.item(
                TestBundle.of("lab.shelf", version)
                        .header("Export-Package", "io.sekimori.update.engine.lab")
                        .classes(Lonely.class),
                Swap.OVERLAP,
                "");
    }

    private Item dynamicUser() {
        return lab.item(
                TestBundle.of("lab.user", "1.0.0")
                        .header("Bundle-Activator", "io.sekimori.update.engine.lab.DynamicUser")
                        .header("Import-Package", "org.osgi.framework")
                        .header("DynamicImport-Package", "*")
                        .entry("io/sekimori/update/engine/lab/", new byte[0])
                        .activator(DynamicUser.class)
                        .header("Import-Package", "org.osgi.framework"),
                Swap.OVERLAP,
                "");
    }

    private Bundle bundle(String symbolicName) {
        return Arrays.stream(lab.context().getBundles())
                .filter(bundle -> symbolicName.equals(bundle.getSymbolicName()))
                .findFirst()
                .orElseThrow();
    }

    private static StartReport afterDeadline() {
        return new StartReport(
                Instant.now(),
                1,
                StartReport.Phase.READY,
                Optional.of(1),
                Optional.of("NORMAL"),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                "17",
                1,
                Duration.ZERO,
                Duration.ZERO,
                List.of(),
                List.of(),
                Optional.of(new LastWords(LastWords.Kind.DEADLINE, "stop the old lab.app", 1, Instant.now())));
    }
}
