package io.sekimori.launcher.main;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.generation.Generation;
import io.sekimori.generation.Slot;
import io.sekimori.launcher.testkit.HangingFramework;
import io.sekimori.launcher.testkit.LaunchedGateway;
import io.sekimori.launcher.testkit.TestBundle;
import io.sekimori.launcher.testkit.TestUnit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A generation on trial starts from its own slot, and gives way when it does not start there. */
class StartScriptTrialTest {

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
    void aTrialStartsFromItsOwnSlot() throws Exception {
        String slot = unit.useSlot(script.jars(), "0.2.0");
        unit.generation(2, ScriptedUnit.TWO);
        unit.tryOut(2, 1);

        assertThat(script.ready()).contains("READY generation 2");
        assertThat(unit.lastReport().slot()).contains(slot);
    }

    @Test
    void aTrialWhoseSlotIsMissingGivesWay() throws Exception {
        String slot = unit.useSlot(script.jars(), "0.2.0");
        unit.generation(2, ScriptedUnit.TWO);
        unit.tryOut(2, 1);
        Files.delete(unit.unit().slot(slot).resolve("slot.json"));

        assertThat(script.ready()).contains("READY generation 1");
        assertThat(script.codes()).containsExactly("2 SLOT_MISSING");
    }

    @Test
    void aTrialWhoseLauncherDoesNotStartGivesWay() throws Exception {
        Map<String, Path> jars = script.jars();
        jars.put("io.sekimori.launcher", TestBundle.of("broken", "1.0.0").write(work.resolve("broken")));
        unit.useSlot(jars, "0.2.0");
        unit.generation(2, ScriptedUnit.TWO);
        unit.tryOut(2, 3);

        try (LaunchedGateway gateway = script.start()) {
            assertThat(gateway.awaitExit()).isEqualTo(1);
        }

        assertThat(script.ready()).contains("READY generation 1");
        assertThat(script.codes()).containsExactly("2 SLOT_UNUSABLE");
        assertThat(script.ready()).contains("READY generation 1");
    }

    @Test
    void aTrialWhoseJavaRuntimeDoesNotStartGivesWay() throws Exception {
        String slot = unit.useSlot(script.jars(), "0.2.0");
        unit.generation(2, ScriptedUnit.TWO);
        unit.tryOut(2, 3);
        Path java = Files.createDirectories(work.resolve("java/bin")).resolve("java");
        // What the head of a program for another kind of machine looks like to the system.
        Files.write(java, new byte[] {0x7f, 'E', 'L', 'F', 9, 9, 9});
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path facts = unit.unit().slot(slot).resolve("slot.json");
        Slot whole = Slot.parse(Files.readAllBytes(facts));
        Files.write(facts, new Slot(work.resolve("java").toString(), whole.files()).bytes());

        try (LaunchedGateway gateway = script.start()) {
            assertThat(gateway.awaitExit()).isNotZero();
        }

        assertThat(script.ready()).contains("READY generation 1");
        assertThat(script.codes()).containsExactly("2 SLOT_UNUSABLE");
    }

    @Test
    void aTrialWhoseFrameworkHangsIsEndedByTheDeadlineOfItsLauncher() throws Exception {
        Map<String, Path> jars = script.jars();
        jars.put("a.hanging", HangingFramework.jar(work.resolve("hanging")));
        unit.useSlot(jars, "0.2.0");
        unit.generation(2, ScriptedUnit.TWO);
        unit.tryOut(2, 1);
        Path impatient = Files.writeString(
                work.resolve("impatient"),
                Files.readString(ScriptedUnit.SCRIPT).replace("main.Main run ", "main.Main run --trial-limit 3 "));

        try (LaunchedGateway gateway = LaunchedGateway.of(
                List.of("sh", impatient.toString(), unit.unit().directory().toString()))) {
            gateway.awaitLine("deadline expired: trial of generation 2");
            gateway.awaitLine("READY generation 1");
            gateway.terminate();
            assertThat(gateway.awaitExit()).isZero();
        }
        assertThat(script.codes()).containsExactly("2 TRIES_USED_UP");
    }

    @Test
    void aTrialThatItsOwnLauncherRefusesGivesWayToAnotherSlot() throws Exception {
        unit.useSlot(script.jars(), "0.2.0");
        Generation damaged = unit.generation(2, ScriptedUnit.TWO);
        unit.tryOut(2, 3);
        Files.delete(unit.unit().store().path(damaged.bundles().get(0).sha256()));

        assertThat(script.ready()).contains("READY generation 1");
    }

    @Test
    void aDamagedGenerationFallsBackAcrossSlots() throws Exception {
        unit.useSlot(script.jars(), "0.2.0");
        Generation damaged = unit.generation(2, ScriptedUnit.TWO);
        unit.confirm(2, 1);
        Files.delete(unit.unit().store().path(damaged.bundles().get(0).sha256()));

        assertThat(script.ready()).contains("READY generation 1");
        assertThat(unit.lastReport().reason()).contains("FELL_BACK");
        assertThat(script.codes()).containsExactly("2 FILE_MISSING");
    }
}
