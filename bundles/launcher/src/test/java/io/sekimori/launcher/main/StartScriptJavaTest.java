package io.sekimori.launcher.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.sekimori.generation.RuntimeFiles;
import io.sekimori.launcher.testkit.LaunchedGateway;
import io.sekimori.launcher.testkit.TestUnit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Only a Java runtime that is as it was unpacked is run; and root runs nothing that others could change, nor the gateway's user what it could change itself. */
class StartScriptJavaTest {

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
    void aTrialWhoseOwnJavaRuntimeIsNotAsItWasUnpackedGivesWay() throws Exception {
        Path folder = script.slotWithJava();
        unit.generation(2, ScriptedUnit.TWO);
        unit.tryOut(2, 3);
        Path program = folder.resolve("java/bin/java");
        Files.writeString(program, Files.readString(program) + "# and more");

        assertThat(script.ready()).contains("READY generation 1");
        assertThat(script.codes()).containsExactly("2 SLOT_UNUSABLE");
    }

    @Test
    void whatIsNotAsItWasUnpackedIsNotStartedForWantOfAnother() throws Exception {
        Path folder = script.slotWithJava();
        unit.generation(2, ScriptedUnit.TWO);
        unit.confirm(2);
        Files.writeString(folder.resolve("java/more"), "");
        Files.writeString(folder.resolve(RuntimeFiles.FILE), "0".repeat(64) + "  java/more\n");

        try (LaunchedGateway gateway = script.start()) {
            gateway.awaitLine("SLOT_DIFFERS: java of slot " + folder.getFileName());
            assertThat(gateway.awaitExit()).isEqualTo(ExitCode.NO_STARTABLE_GENERATION.code());
        }
    }

    /** It runs as root, so it runs nothing that others could have changed. */
    @Test
    void rootRunsNothingOfASlotThatOthersCouldChange() throws Exception {
        Path folder = script.slotWithJava();
        unit.generation(2, ScriptedUnit.TWO);
        unit.confirm(2);
        for (Path open : List.of(
                folder.resolve("java/bin/java"),
                folder.resolve("lib"),
                folder,
                unit.unit().slots(),
                unit.unit().directory())) {
            int mode = (int) Files.getAttribute(open, "unix:mode");
            Files.setAttribute(open, "unix:mode", mode | 020);
            assertThat(script.archive()).as(open.toString()).isNotZero();
            Files.setAttribute(open, "unix:mode", mode);
        }
        assertThat(ScriptedUnit.archivesIn(folder)).isEmpty();

        Files.setAttribute(unit.unit().directory(), "unix:mode", 01775);
        assertThat(script.archive()).isZero();
    }

    /** Where slots are root's, the gateway's user runs nothing that this very user can write. */
    @Test
    void whatTheGatewayCouldHaveChangedIsNotStartedWhereSlotsAreRoots() throws Exception {
        assumeThat(Files.getAttribute(Path.of("/proc/self"), "unix:uid")).isEqualTo(0);
        Path copy = Files.copy(ScriptedUnit.SCRIPT, work.resolve("script"));
        try (Stream<Path> files = Files.walk(work)) {
            for (Path file : files.toList()) {
                boolean roots = file.startsWith(unit.unit().slots())
                        || file.startsWith(unit.unit().trust());
                Files.setAttribute(file, "unix:mode", Files.isDirectory(file) ? 0755 : 0644);
                Files.setAttribute(file, "unix:uid", roots ? 0 : 65_534);
            }
        }
        Path jar;
        try (Stream<Path> jars = Files.walk(unit.unit().slots())) {
            jar = jars.filter(file -> file.toString().endsWith(".jar"))
                    .findFirst()
                    .orElseThrow();
        }
        List<String> asNobody = List.of(
                "setpriv",
                "--reuid",
                "65534",
                "--clear-groups",
                "sh",
                copy.toString(),
                unit.unit().directory().toString());

        Files.setAttribute(jar, "unix:mode", 0666);
        try (LaunchedGateway gateway = LaunchedGateway.of(asNobody)) {
            gateway.awaitLine("SLOT_WRITABLE");
            assertThat(gateway.awaitExit()).isEqualTo(ExitCode.NO_STARTABLE_GENERATION.code());
        }

        Files.setAttribute(jar, "unix:mode", 0644);
        Files.deleteIfExists(unit.unit().slotsTriedFile());
        try (LaunchedGateway gateway = LaunchedGateway.of(asNobody)) {
            gateway.awaitLine("READY generation 1");
            gateway.terminate();
            assertThat(gateway.awaitExit()).isZero();
        }
    }
}
