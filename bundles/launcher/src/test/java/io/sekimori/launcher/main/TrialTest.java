package io.sekimori.launcher.main;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.generation.Generation;
import io.sekimori.generation.GenerationCode;
import io.sekimori.generation.LastWords;
import io.sekimori.generation.Pointer;
import io.sekimori.generation.StartReport;
import io.sekimori.generation.StartReport.PassedOver;
import io.sekimori.generation.Trial;
import io.sekimori.launcher.testbundles.Crashing;
import io.sekimori.launcher.testbundles.Quiet;
import io.sekimori.launcher.testkit.LaunchedGateway;
import io.sekimori.launcher.testkit.TestBundle;
import io.sekimori.launcher.testkit.TestUnit;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A generation on trial by a new process. */
class TrialTest {

    private static final TestBundle ONE = TestBundle.of("test.one", "1.0.0").activator(Quiet.class);
    private static final TestBundle TWO = TestBundle.of("test.one", "2.0.0").activator(Quiet.class);
    private static final TestBundle CRASHING =
            TestBundle.of("test.one", "2.0.0").activator(Crashing.class);

    @TempDir
    private Path work;

    private TestUnit unit;

    @BeforeEach
    void aUnitThatRunsGenerationOne() throws Exception {
        unit = TestUnit.create(work);
        unit.generation(1, ONE);
        unit.confirm(1);
    }

    @Test
    void aTryIsCountedAndTheGenerationStarts() throws Exception {
        unit.generation(2, TWO);
        unit.tryOut(2, 3);

        assertThat(ready()).contains("READY generation 2");
        assertThat(new Pointer(unit.unit()).trial()).contains(new Trial(2, 2));
        assertThat(unit.lastReport().reason()).contains("TRIAL");
        assertThat(unit.lastReport().triesLeft()).contains(2);
    }

    @Test
    void aGenerationThatCrashesUsesUpItsTriesAndGivesWay() throws Exception {
        unit.generation(2, CRASHING);
        unit.tryOut(2, 2);

        assertThat(exit()).isEqualTo(99);
        assertThat(exit()).isEqualTo(99);

        assertThat(ready()).contains("READY generation 1");
        assertThat(unit.lastReport().reason()).contains("FELL_BACK");
        assertThat(codeOf(unit.lastReport())).isEqualTo(LauncherCode.TRIES_USED_UP.name());
    }

    @Test
    void aTryThatCannotBeCountedIsNotMade() throws Exception {
        unit.generation(2, TWO);
        unit.tryOut(2, 3);
        // A folder where the durable write makes its temporary file: also root cannot write there.
        Files.createDirectories(unit.unit().state().resolve(".trial.json.tmp").resolve("in-the-way"));

        assertThat(ready()).contains("READY generation 1");
        assertThat(codeOf(unit.lastReport())).isEqualTo(LauncherCode.TRIES_UNWRITABLE.name());
    }

    @Test
    void aStateThatCannotBeWrittenAtAllStillStartsTheConfirmedGeneration() throws Exception {
        unit.generation(2, TWO);
        unit.tryOut(2, 3);
        for (String name : new String[] {"trial.json", "start.json", "slots-tried"}) {
            Files.createDirectories(
                    unit.unit().state().resolve("." + name + ".tmp").resolve("in-the-way"));
        }

        assertThat(ready()).contains("READY generation 1");
        assertThat(unit.unit().startFile()).doesNotExist();
    }

    @Test
    void aDamagedGenerationOnTrialIsNotTriedAgain() throws Exception {
        Generation damaged = unit.generation(2, TWO);
        unit.tryOut(2, 3);
        Files.delete(unit.unit().store().path(damaged.bundles().get(0).sha256()));

        assertThat(ready()).contains("READY generation 1");
        assertThat(codeOf(unit.lastReport())).isEqualTo(GenerationCode.FILE_MISSING.name());
        assertThat(new Pointer(unit.unit()).trial()).contains(new Trial(2, 0));
    }

    @Test
    void aTrialThatNobodyCanReadGivesWay() throws Exception {
        Files.writeString(unit.unit().trialFile(), "{]");

        assertThat(ready()).contains("READY generation 1");
        assertThat(codeOf(unit.lastReport())).isEqualTo(LauncherCode.TRIAL_UNREADABLE.name());
    }

    @Test
    void aTrialOfTheConfirmedGenerationIsOver() throws Exception {
        unit.tryOut(1, 1);

        assertThat(ready()).contains("READY generation 1");
        assertThat(unit.lastReport().reason()).contains("NORMAL");
    }

    @Test
    void aTrialThatNobodyCommitsEndsAtTheDeadline() throws Exception {
        unit.generation(2, TWO);
        unit.tryOut(2, 1);

        try (LaunchedGateway gateway = LaunchedGateway.start(unit.unit(), 1, "--trial-limit=1")) {
            gateway.awaitLine("READY generation 2");
            assertThat(gateway.awaitExit()).isEqualTo(ExitCode.DEADLINE.code());
        }

        assertThat(ready()).contains("READY generation 1");
        assertThat(unit.lastReport().lastWords()).hasValueSatisfying(words -> {
            assertThat(words.kind()).isEqualTo(LastWords.Kind.DEADLINE);
            assertThat(words.why()).isEqualTo("trial of generation 2");
            assertThat(words.generation()).isEqualTo(2);
        });
        assertThat(unit.unit().lastWordsFile()).doesNotExist();
    }

    private String ready() throws Exception {
        try (LaunchedGateway gateway = LaunchedGateway.start(unit.unit(), 1)) {
            String line = gateway.awaitLine("READY");
            gateway.terminate();
            assertThat(gateway.awaitExit()).isZero();
            return line;
        }
    }

    private int exit() throws Exception {
        try (LaunchedGateway gateway = LaunchedGateway.start(unit.unit(), 1)) {
            return gateway.awaitExit();
        }
    }

    private static String codeOf(StartReport report) {
        return report.passedOver().stream().map(PassedOver::code).findFirst().orElseThrow();
    }
}
