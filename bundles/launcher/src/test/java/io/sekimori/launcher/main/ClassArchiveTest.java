package io.sekimori.launcher.main;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.generation.RuntimeFiles;
import io.sekimori.launcher.testkit.TestUnit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Root archives the classes of a slot, and keeps no archive that is not whole. */
class ClassArchiveTest {

    private static final String DUMPS_HALF = """
            dumped=
            case $1$2$3 in
            *-Xshare:dump*)
                for each; do
                    case $each in
                    -XX:SharedArchiveFile=*) echo half >"${each#*=}" && dumped=yes ;;
                    esac
                done
                ;;
            esac
            """;

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
    void rootArchivesTheClassesOfASlotWithItsOwnJavaRuntime() throws Exception {
        Path folder = script.slotWithJava();
        unit.generation(2, ScriptedUnit.TWO);
        unit.confirm(2);
        // What a power cut left: it is not taken for whole.
        Files.writeString(folder.resolve("java.jsa.part"), "half");
        Files.writeString(folder.resolve("launcher.jsa.part"), "half");

        assertThat(script.archive()).isZero();

        assertThat(RuntimeFiles.differenceOf(folder)).isEmpty();
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("java", "java.jsa", "java.sha256", "launcher.jsa", "lib", "slot.json");
        }
        assertThat(script.ready()).contains("READY generation 2");
        assertThat(script.codes()).isEmpty();
    }

    /** Such as one that was killed, or had no room on the disk. */
    @Test
    void aJavaThatFailedLeavesNoArchive() throws Exception {
        Path folder = script.slotWithJava(DUMPS_HALF + "exit 137\n");
        unit.generation(2, ScriptedUnit.TWO);
        unit.confirm(2);

        assertThat(script.archive()).isNotZero();

        assertThat(ScriptedUnit.archivesIn(folder)).isEmpty();
    }

    @Test
    void anArchiveThatJavaCannotUseIsNotKept() throws Exception {
        Path folder = script.slotWithJava(DUMPS_HALF + "[ -z \"$dumped\" ] || exit 0\n" + ScriptedUnit.RUNS);
        unit.generation(2, ScriptedUnit.TWO);
        unit.confirm(2);

        assertThat(script.archive()).isNotZero();

        assertThat(ScriptedUnit.archivesIn(folder)).isEmpty();
    }
}
