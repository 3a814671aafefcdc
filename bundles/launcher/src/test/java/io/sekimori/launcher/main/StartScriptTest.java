package io.sekimori.launcher.main;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.launcher.testbundles.Pretending;
import io.sekimori.launcher.testbundles.Restarting;
import io.sekimori.launcher.testbundles.RestartingOnce;
import io.sekimori.launcher.testkit.LaunchedGateway;
import io.sekimori.launcher.testkit.TestBundle;
import io.sekimori.launcher.testkit.TestUnit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The start script with real units: what it starts, again and how often, and how it ends. */
class StartScriptTest {

    @TempDir
    private Path work;

    private ScriptedUnit script;
    private TestUnit unit;

    @BeforeEach
    void aUnitThatRunsGenerationOne() throws Exception {
        script = new ScriptedUnit(work);
        unit = script.made;
    }

    @Test
    void itStartsTheConfirmedGenerationAndPassesSigtermOn() throws Exception {
        assertThat(script.ready()).contains("READY generation 1");
        assertThat(unit.unit().slotsTriedFile()).doesNotExist();
    }

    @Test
    void itFindsTheUnitItLiesIn() throws Exception {
        Path bin = Files.createDirectories(unit.unit().directory().resolve("bin"));
        Path copy = Files.copy(ScriptedUnit.SCRIPT, bin.resolve("sekimori-gateway"));

        try (LaunchedGateway gateway = LaunchedGateway.of(List.of("sh", copy.toString()))) {
            gateway.awaitLine("READY generation 1");
            gateway.terminate();
            assertThat(gateway.awaitExit()).isZero();
        }
    }

    @Test
    void itStartsAgainForARestartAndAfterADeadline() throws Exception {
        unit.generation(2, TestBundle.of("test.restarting", "1.0.0").activator(RestartingOnce.class));
        unit.confirm(2);

        try (LaunchedGateway gateway = script.start()) {
            gateway.awaitLine("stopping: first life");
            gateway.awaitLine("deadline expired: second life");
            gateway.awaitLine("third life");
            gateway.awaitLine("READY generation 2");
            gateway.terminate();
            assertThat(gateway.awaitExit()).isZero();
        }
    }

    @Test
    void itStartsLessAndLessOftenWhatAlwaysWantsToBeStartedAgain() throws Exception {
        unit.generation(2, TestBundle.of("test.restarting", "1.0.0").activator(Restarting.class));
        unit.confirm(2);

        try (LaunchedGateway gateway = script.start()) {
            gateway.awaitLine("started again 4 times in a row, waiting 2 s");
            gateway.awaitLine("started again 5 times in a row, waiting 4 s");
            gateway.terminate();
            assertThat(gateway.awaitExit()).isZero();
        }
    }

    @Test
    void aProcessThatEndsItselfIsNoCleanStop() throws Exception {
        unit.generation(2, TestBundle.of("test.pretending", "1.0.0").activator(Pretending.class));
        unit.confirm(2);

        try (LaunchedGateway gateway = script.start()) {
            gateway.awaitLine("EXITED");
            assertThat(gateway.awaitExit()).isEqualTo(ExitCode.EXITED.code());
        }
    }

    @Test
    void aLauncherThatWasAskedToStopByItselfIsACleanStop() throws Exception {
        try (LaunchedGateway gateway = script.start()) {
            gateway.awaitLine("READY generation 1");
            ProcessHandle.of(unit.lastReport().pid()).orElseThrow().destroy();
            assertThat(gateway.awaitExit()).isZero();
        }
    }

    @Test
    void namesOfFilesAreUtf8WhereNoLocaleIsSet() throws Exception {
        List<String> bare =
                List.of("env", "-u", "LC_ALL", "-u", "LC_CTYPE", "-u", "LANG", "sh", ScriptedUnit.SCRIPT.toString());
        List<String> japanese = List.of("env", "LC_ALL=ja_JP.UTF-8", "sh", ScriptedUnit.SCRIPT.toString());

        assertThat(localeOf(bare)).isEqualTo("LC_ALL=C.UTF-8");
        assertThat(localeOf(japanese)).isEqualTo("LC_ALL=ja_JP.UTF-8");
    }

    private String localeOf(List<String> command) throws Exception {
        List<String> whole = new ArrayList<>(command);
        whole.add(unit.unit().directory().toString());
        try (LaunchedGateway gateway = LaunchedGateway.of(whole)) {
            gateway.awaitLine("READY generation 1");
            Path environment = Path.of("/proc", String.valueOf(unit.lastReport().pid()), "environ");
            String locale = Stream.of(Files.readString(environment).split("\0"))
                    .filter(line -> line.startsWith("LC_ALL="))
                    .findFirst()
                    .orElse("");
            gateway.terminate();
            assertThat(gateway.awaitExit()).isZero();
            return locale;
        }
    }

    @Test
    void aUnitThatCannotBeInAClassPathIsRefused() throws Exception {
        Path odd = Files.createDirectories(work.resolve("a:b"));

        try (LaunchedGateway gateway =
                LaunchedGateway.of(List.of("sh", ScriptedUnit.SCRIPT.toString(), odd.toString()))) {
            gateway.awaitLine("a path with ':' cannot be in a class path");
            assertThat(gateway.awaitExit()).isEqualTo(ExitCode.UNIT_UNREADABLE.code());
        }
    }

    @Test
    void itExitsWithTheLaunchersCodeOtherwise() throws Exception {
        Files.delete(unit.unit().releaseAnchor());

        try (LaunchedGateway gateway = script.start()) {
            assertThat(gateway.awaitExit()).isEqualTo(ExitCode.NO_TRUST_ROOT.code());
        }
    }

    @Test
    void itWaitsForNoPipeInPlaceOfAFile() throws Exception {
        for (Path file : List.of(unit.unit().trialFile(), unit.unit().lastWordsFile())) {
            new ProcessBuilder("mkfifo", file.toString()).start().waitFor();
        }

        assertThat(script.ready()).contains("READY generation 1");
    }

    @Test
    void aUnitWithNothingToStartIsRefused() throws Exception {
        Files.delete(unit.unit().confirmedFile());

        try (LaunchedGateway gateway = script.start()) {
            assertThat(gateway.awaitExit()).isEqualTo(ExitCode.NO_STARTABLE_GENERATION.code());
        }
    }
}
