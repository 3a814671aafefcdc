package io.sekimori.launcher.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.sekimori.generation.Generation;
import io.sekimori.generation.RuntimeFiles;
import io.sekimori.generation.Slot;
import io.sekimori.generation.StartReport.PassedOver;
import io.sekimori.launcher.testbundles.Pretending;
import io.sekimori.launcher.testbundles.Quiet;
import io.sekimori.launcher.testbundles.Restarting;
import io.sekimori.launcher.testbundles.RestartingOnce;
import io.sekimori.launcher.testkit.HangingFramework;
import io.sekimori.launcher.testkit.LaunchedGateway;
import io.sekimori.launcher.testkit.SlotJars;
import io.sekimori.launcher.testkit.TestBundle;
import io.sekimori.launcher.testkit.TestUnit;
import io.sekimori.trust.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The start script with real units. */
class StartScriptTest {

    private static final Path SCRIPT =
            Path.of("..", "..", "distrib", "bin", "sekimori-gateway").toAbsolutePath();
    private static final TestBundle ONE = TestBundle.of("test.one", "1.0.0").activator(Quiet.class);
    private static final TestBundle TWO = TestBundle.of("test.one", "2.0.0").activator(Quiet.class);
    private static final String RUNS = "exec " + System.getProperty("java.home") + "/bin/java \"$@\"\n";
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

    private TestUnit unit;

    @BeforeEach
    void aUnitThatRunsGenerationOne() throws Exception {
        unit = TestUnit.create(work);
        unit.generation(1, ONE);
        unit.confirm(1);
    }

    @Test
    void itStartsTheConfirmedGenerationAndPassesSigtermOn() throws Exception {
        assertThat(ready()).contains("READY generation 1");
        assertThat(unit.unit().slotsTriedFile()).doesNotExist();
    }

    @Test
    void itFindsTheUnitItLiesIn() throws Exception {
        Path bin = Files.createDirectories(unit.unit().directory().resolve("bin"));
        Path script = Files.copy(SCRIPT, bin.resolve("sekimori-gateway"));

        try (LaunchedGateway gateway = LaunchedGateway.of(List.of("sh", script.toString()))) {
            gateway.awaitLine("READY generation 1");
            gateway.terminate();
            assertThat(gateway.awaitExit()).isZero();
        }
    }

    @Test
    void itStartsAgainForARestartAndAfterADeadline() throws Exception {
        unit.generation(2, TestBundle.of("test.restarting", "1.0.0").activator(RestartingOnce.class));
        unit.confirm(2);

        try (LaunchedGateway gateway = start()) {
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

        try (LaunchedGateway gateway = start()) {
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

        try (LaunchedGateway gateway = start()) {
            gateway.awaitLine("EXITED");
            assertThat(gateway.awaitExit()).isEqualTo(ExitCode.EXITED.code());
        }
    }

    @Test
    void aLauncherThatWasAskedToStopByItselfIsACleanStop() throws Exception {
        try (LaunchedGateway gateway = start()) {
            gateway.awaitLine("READY generation 1");
            ProcessHandle.of(unit.lastReport().pid()).orElseThrow().destroy();
            assertThat(gateway.awaitExit()).isZero();
        }
    }

    @Test
    void namesOfFilesAreUtf8WhereNoLocaleIsSet() throws Exception {
        List<String> bare = List.of("env", "-u", "LC_ALL", "-u", "LC_CTYPE", "-u", "LANG", "sh", SCRIPT.toString());
        List<String> japanese = List.of("env", "LC_ALL=ja_JP.UTF-8", "sh", SCRIPT.toString());

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

        try (LaunchedGateway gateway = LaunchedGateway.of(List.of("sh", SCRIPT.toString(), odd.toString()))) {
            gateway.awaitLine("a path with ':' cannot be in a class path");
            assertThat(gateway.awaitExit()).isEqualTo(ExitCode.UNIT_UNREADABLE.code());
        }
    }

    @Test
    void itExitsWithTheLaunchersCodeOtherwise() throws Exception {
        Files.delete(unit.unit().releaseAnchor());

        try (LaunchedGateway gateway = start()) {
            assertThat(gateway.awaitExit()).isEqualTo(ExitCode.NO_TRUST_ROOT.code());
        }
    }

    @Test
    void itWaitsForNoPipeInPlaceOfAFile() throws Exception {
        for (Path file : List.of(unit.unit().trialFile(), unit.unit().lastWordsFile())) {
            new ProcessBuilder("mkfifo", file.toString()).start().waitFor();
        }

        assertThat(ready()).contains("READY generation 1");
    }

    @Test
    void aTrialStartsFromItsOwnSlot() throws Exception {
        String slot = unit.useSlot(jars(), "0.2.0");
        unit.generation(2, TWO);
        unit.tryOut(2, 1);

        assertThat(ready()).contains("READY generation 2");
        assertThat(unit.lastReport().slot()).contains(slot);
    }

    @Test
    void aTrialWhoseSlotIsMissingGivesWay() throws Exception {
        String slot = unit.useSlot(jars(), "0.2.0");
        unit.generation(2, TWO);
        unit.tryOut(2, 1);
        Files.delete(unit.unit().slot(slot).resolve("slot.json"));

        assertThat(ready()).contains("READY generation 1");
        assertThat(codes()).containsExactly("2 SLOT_MISSING");
    }

    @Test
    void aTrialWhoseLauncherDoesNotStartGivesWay() throws Exception {
        Map<String, Path> jars = jars();
        jars.put("io.sekimori.launcher", TestBundle.of("broken", "1.0.0").write(work.resolve("broken")));
        unit.useSlot(jars, "0.2.0");
        unit.generation(2, TWO);
        unit.tryOut(2, 3);

        try (LaunchedGateway gateway = start()) {
            assertThat(gateway.awaitExit()).isEqualTo(1);
        }

        assertThat(ready()).contains("READY generation 1");
        assertThat(codes()).containsExactly("2 SLOT_UNUSABLE");
        assertThat(ready()).contains("READY generation 1");
    }

    @Test
    void aTrialWhoseJavaRuntimeDoesNotStartGivesWay() throws Exception {
        String slot = unit.useSlot(jars(), "0.2.0");
        unit.generation(2, TWO);
        unit.tryOut(2, 3);
        Path java = Files.createDirectories(work.resolve("java/bin")).resolve("java");
        // What the head of a program for another kind of machine looks like to the system.
        Files.write(java, new byte[] {0x7f, 'E', 'L', 'F', 9, 9, 9});
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        Path facts = unit.unit().slot(slot).resolve("slot.json");
        Slot whole = Slot.parse(Files.readAllBytes(facts));
        Files.write(facts, new Slot(work.resolve("java").toString(), whole.files()).bytes());

        try (LaunchedGateway gateway = start()) {
            assertThat(gateway.awaitExit()).isNotZero();
        }

        assertThat(ready()).contains("READY generation 1");
        assertThat(codes()).containsExactly("2 SLOT_UNUSABLE");
    }

    @Test
    void aTrialWhoseOwnJavaRuntimeIsNotAsItWasUnpackedGivesWay() throws Exception {
        Path folder = slotWithJava();
        unit.generation(2, TWO);
        unit.tryOut(2, 3);
        Path program = folder.resolve("java/bin/java");
        Files.writeString(program, Files.readString(program) + "# and more");

        assertThat(ready()).contains("READY generation 1");
        assertThat(codes()).containsExactly("2 SLOT_UNUSABLE");
    }

    @Test
    void whatIsNotAsItWasUnpackedIsNotStartedForWantOfAnother() throws Exception {
        Path folder = slotWithJava();
        unit.generation(2, TWO);
        unit.confirm(2);
        Files.writeString(folder.resolve("java/more"), "");
        Files.writeString(folder.resolve(RuntimeFiles.FILE), "0".repeat(64) + "  java/more\n");

        try (LaunchedGateway gateway = start()) {
            gateway.awaitLine("SLOT_DIFFERS: java of slot " + folder.getFileName());
            assertThat(gateway.awaitExit()).isEqualTo(ExitCode.NO_STARTABLE_GENERATION.code());
        }
    }

    @Test
    void rootArchivesTheClassesOfASlotWithItsOwnJavaRuntime() throws Exception {
        Path folder = slotWithJava();
        unit.generation(2, TWO);
        unit.confirm(2);
        // What a power cut left: it is not taken for whole.
        Files.writeString(folder.resolve("java.jsa.part"), "half");
        Files.writeString(folder.resolve("launcher.jsa.part"), "half");

        assertThat(archive()).isZero();

        assertThat(RuntimeFiles.differenceOf(folder)).isEmpty();
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("java", "java.jsa", "java.sha256", "launcher.jsa", "lib", "slot.json");
        }
        assertThat(ready()).contains("READY generation 2");
        assertThat(codes()).isEmpty();
    }

    /** Such as one that was killed, or had no room on the disk. */
    @Test
    void aJavaThatFailedLeavesNoArchive() throws Exception {
        Path folder = slotWithJava(DUMPS_HALF + "exit 137\n");
        unit.generation(2, TWO);
        unit.confirm(2);

        assertThat(archive()).isNotZero();

        assertThat(archivesIn(folder)).isEmpty();
    }

    @Test
    void anArchiveThatJavaCannotUseIsNotKept() throws Exception {
        Path folder = slotWithJava(DUMPS_HALF + "[ -z \"$dumped\" ] || exit 0\n" + RUNS);
        unit.generation(2, TWO);
        unit.confirm(2);

        assertThat(archive()).isNotZero();

        assertThat(archivesIn(folder)).isEmpty();
    }

    /** It runs as root, so it runs nothing that others could have changed. */
    @Test
    void rootRunsNothingOfASlotThatOthersCouldChange() throws Exception {
        Path folder = slotWithJava();
        unit.generation(2, TWO);
        unit.confirm(2);
        for (Path open : List.of(
                folder.resolve("java/bin/java"),
                folder.resolve("lib"),
                folder,
                unit.unit().slots(),
                unit.unit().directory())) {
            int mode = (int) Files.getAttribute(open, "unix:mode");
            Files.setAttribute(open, "unix:mode", mode | 020);
            assertThat(archive()).as(open.toString()).isNotZero();
            Files.setAttribute(open, "unix:mode", mode);
        }
        assertThat(archivesIn(folder)).isEmpty();

        Files.setAttribute(unit.unit().directory(), "unix:mode", 01775);
        assertThat(archive()).isZero();
    }

    /** Where slots are root's, the gateway's user runs nothing that this very user can write. */
    @Test
    void whatTheGatewayCouldHaveChangedIsNotStartedWhereSlotsAreRoots() throws Exception {
        assumeThat(Files.getAttribute(Path.of("/proc/self"), "unix:uid")).isEqualTo(0);
        Path script = Files.copy(SCRIPT, work.resolve("script"));
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
                script.toString(),
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

    private int archive() throws Exception {
        return new ProcessBuilder(
                        "sh",
                        SCRIPT.toString(),
                        "--archive",
                        unit.unit().directory().toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    private static List<String> archivesIn(Path slot) throws IOException {
        try (Stream<Path> files = Files.list(slot)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.contains(".jsa"))
                    .toList();
        }
    }

    private Path slotWithJava() throws Exception {
        return slotWithJava(RUNS);
    }

    /** One whose Java runtime is a shell script. */
    private Path slotWithJava(String script) throws Exception {
        Path folder = unit.unit().slot(unit.useSlot(jars(), "0.2.0"));
        Path program = Files.createDirectories(folder.resolve("java/bin")).resolve("java");
        Files.writeString(program, "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        SortedMap<String, String> digests = new TreeMap<>(Map.of("java/bin/java", Sha256.hex(program)));
        Files.write(folder.resolve(RuntimeFiles.FILE), new RuntimeFiles(digests).bytes());
        Slot before = Slot.read(folder);
        Files.write(folder.resolve("slot.json"), new Slot(folder.resolve("java").toString(), before.files()).bytes());
        TestUnit.closeToOthers(unit.unit().directory());
        return folder;
    }

    @Test
    void aTrialWhoseFrameworkHangsIsEndedByTheDeadlineOfItsLauncher() throws Exception {
        Map<String, Path> jars = jars();
        jars.put("a.hanging", HangingFramework.jar(work.resolve("hanging")));
        unit.useSlot(jars, "0.2.0");
        unit.generation(2, TWO);
        unit.tryOut(2, 1);
        Path impatient = Files.writeString(
                work.resolve("impatient"),
                Files.readString(SCRIPT).replace("main.Main run ", "main.Main run --trial-limit 3 "));

        try (LaunchedGateway gateway = LaunchedGateway.of(
                List.of("sh", impatient.toString(), unit.unit().directory().toString()))) {
            gateway.awaitLine("deadline expired: trial of generation 2");
            gateway.awaitLine("READY generation 1");
            gateway.terminate();
            assertThat(gateway.awaitExit()).isZero();
        }
        assertThat(codes()).containsExactly("2 TRIES_USED_UP");
    }

    @Test
    void aTrialThatItsOwnLauncherRefusesGivesWayToAnotherSlot() throws Exception {
        unit.useSlot(jars(), "0.2.0");
        Generation damaged = unit.generation(2, TWO);
        unit.tryOut(2, 3);
        Files.delete(unit.unit().store().path(damaged.bundles().get(0).sha256()));

        assertThat(ready()).contains("READY generation 1");
    }

    @Test
    void aDamagedGenerationFallsBackAcrossSlots() throws Exception {
        unit.useSlot(jars(), "0.2.0");
        Generation damaged = unit.generation(2, TWO);
        unit.confirm(2, 1);
        Files.delete(unit.unit().store().path(damaged.bundles().get(0).sha256()));

        assertThat(ready()).contains("READY generation 1");
        assertThat(unit.lastReport().reason()).contains("FELL_BACK");
        assertThat(codes()).containsExactly("2 FILE_MISSING");
    }

    @Test
    void aUnitWithNothingToStartIsRefused() throws Exception {
        Files.delete(unit.unit().confirmedFile());

        try (LaunchedGateway gateway = start()) {
            assertThat(gateway.awaitExit()).isEqualTo(ExitCode.NO_STARTABLE_GENERATION.code());
        }
    }

    private Map<String, Path> jars() {
        return SlotJars.write(work.resolve("slot-jars"));
    }

    private List<String> codes() throws Exception {
        return unit.lastReport().passedOver().stream()
                .map(StartScriptTest::text)
                .toList();
    }

    private static String text(PassedOver passed) {
        return passed.generation() + " " + passed.code();
    }

    private LaunchedGateway start() throws IOException {
        return LaunchedGateway.of(
                List.of("sh", SCRIPT.toString(), unit.unit().directory().toString()));
    }

    private String ready() throws Exception {
        try (LaunchedGateway gateway = start()) {
            String line = gateway.awaitLine("READY");
            gateway.terminate();
            assertThat(gateway.awaitExit()).isZero();
            return line;
        }
    }
}
