package io.sekimori.launcher.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sekimori.generation.Slot;
import io.sekimori.generation.SlotAnswer;
import io.sekimori.generation.SlotRequest;
import io.sekimori.generation.Unit;
import io.sekimori.launcher.testbundles.Quiet;
import io.sekimori.launcher.testkit.TestBundle;
import io.sekimori.launcher.testkit.TestUnit;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A unit on a small file system of its own: what there is no room for is not begun. Needs root, for the mount. */
class SlotDiskTest {

    private static final Path SCRIPT =
            Path.of("..", "..", "distrib", "bin", "sekimori-gateway").toAbsolutePath();
    private static final TestBundle ONE = TestBundle.of("test.one", "1.0.0").activator(Quiet.class);
    private static final int MODULES_BYTES = 60 << 20;
    private static final String TOO_FEW = "[0-9]+ bytes are needed.* and [0-9]+ are free in .*[0-9]+ too few\\s*";

    @TempDir
    private static Path workshop;

    private static TestUnit made;
    private static String atWork;
    private static String asked;

    @TempDir
    private Path work;

    private Unit unit;

    @BeforeAll
    static void aUnitThatIsAssignedAJavaRuntimeOfSixtyMegabytes() throws Exception {
        made = TestUnit.create(workshop);
        atWork = made.generation(1, ONE).slot();
        made.confirm(1);
        // So much of the same is a small jar.
        Path java = TestBundle.of("test.java", "17.0.1")
                .header(JavaImage.PROGRAMS, "bin/java")
                .entry("bin/java", "#!/bin/false".getBytes(StandardCharsets.US_ASCII))
                .entry("lib/modules", new byte[MODULES_BYTES])
                .write(workshop.resolve("java"));
        Path launcher = TestBundle.of("io.sekimori.launcher", "0.2.0").write(workshop.resolve("jars"));
        String id = made.useSlot(Map.of("io.sekimori.launcher", launcher), "0.2.0");
        made.useJava(java, "17.0.1");
        asked = made.generation(2, ONE).slot();
        made.slotOnlyInStore(id);
    }

    @AfterEach
    void nothingIsLeftMounted() throws Exception {
        run("umount", "-l", work.resolve("unit").toString());
    }

    @Test
    void aSlotThatHasNoRoomIsNotBegun() throws Exception {
        mount("size=40m");

        assertThat(bring()).isEqualTo("SLOT_NO_SPACE");

        assertNothingWasBegun();
    }

    /** Its jar is small, and what is in it would fit on the disk, but leave too little. */
    @Test
    void aJavaRuntimeThatHasNoRoomIsNotUnpacked() throws Exception {
        mount("size=80m");
        long free = unit.slots().toFile().getUsableSpace();
        assertThat(free).isGreaterThan(MODULES_BYTES);

        assertThat(bring()).isEqualTo("SLOT_NO_SPACE");

        assertNothingWasBegun();
    }

    @Test
    void whereThereIsRoomItIsBroughtIn() throws Exception {
        mount("size=160m");

        assertThat(bring()).isEqualTo(SlotAnswer.INSTALLED);

        assertThat(Slot.isWhole(unit.slot(asked))).isTrue();
    }

    @Test
    void classesThatHaveNoRoomAreNotArchived() throws Exception {
        mount("size=60m");

        Process process = new ProcessBuilder(
                        "sh", SCRIPT.toString(), "--archive", unit.directory().toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isEqualTo(ExitCode.SLOT_REFUSED.code());
        assertThat(said).matches("sekimori: SLOT_NO_SPACE: " + TOO_FEW);
        try (Stream<Path> files = Files.list(unit.slot(atWork))) {
            assertThat(files).noneMatch(file -> file.toString().contains(".jsa"));
        }
    }

    private void assertNothingWasBegun() throws Exception {
        assertThat(answer().detail()).matches(TOO_FEW);
        assertThat(unit.slot(asked)).doesNotExist();
        assertThat(unit.slotHelper().resolve("new")).doesNotExist();
    }

    private void mount(String size) throws Exception {
        Path folder = Files.createDirectories(work.resolve("unit"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", size, "tmpfs", folder.toString()) == 0,
                "no small disk: mounting one needs root and a machine that permits it");
        unit = new Unit(folder);
        Path from = made.unit().directory();
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(each -> !each.equals(from)).toList()) {
                Files.copy(file, folder.resolve(from.relativize(file)));
            }
        }
        Files.createDirectories(unit.run());
        Files.write(unit.slotRequestFile(), new SlotRequest("r", 2).bytes());
    }

    private String bring() throws Exception {
        OwnSlot own = new OwnSlot(
                atWork, Slot.read(unit.slot(atWork)).files().digests().keySet());
        new SlotIntake(
                        unit,
                        Optional.of(own),
                        new Lines(new PrintStream(new ByteArrayOutputStream(), true)),
                        Clock.systemUTC())
                .run();
        return answer().code();
    }

    private SlotAnswer answer() throws Exception {
        return SlotAnswer.parse(Files.readAllBytes(unit.slotAnswerFile()));
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
