package io.sekimori.launcher.main;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.generation.GenerationVerifier;
import io.sekimori.generation.RuntimeFiles;
import io.sekimori.generation.Slot;
import io.sekimori.generation.SlotRights;
import io.sekimori.generation.Unit;
import io.sekimori.generation.Verification;
import io.sekimori.trust.Sha256;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Java runtime comes with the launcher it runs, is shared while it is as it was unpacked, and unpacked again when not. */
class SlotJavaTest {

    @TempDir
    private static Path workshop;

    private static SignedSlots signed;
    private static String slotWithJava;
    private static String nextSlotWithJava;
    private static String slotWithoutJava;

    @TempDir
    private Path work;

    private AskedHelper helper;
    private Unit unit;

    @BeforeAll
    static void whatWasSigned() throws Exception {
        signed = new SignedSlots(workshop);
        slotWithJava = signed.stageWithJava(4, "0.4.0");
        nextSlotWithJava = signed.stageWithJava(5, "0.5.0");
        slotWithoutJava = signed.stage(6, "0.6.0");
    }

    @BeforeEach
    void aUnitThatAsks() throws Exception {
        helper = new AskedHelper(signed, work);
        unit = helper.unit;
    }

    @Test
    void aJavaRuntimeIsUnpackedBesideTheLauncherItRuns() throws Exception {
        helper.ask(4);

        assertThat(helper.run()).isEqualTo(ExitCode.OK);

        Path folder = unit.slot(slotWithJava);
        assertThat(new GenerationVerifier(unit).verify(4)).isInstanceOf(Verification.Verified.class);
        assertThat(Slot.read(folder).java()).isEqualTo(folder.resolve("java").toString());
        assertThat(folder.resolve("java/bin/java")).isExecutable();
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(Path::getFileName).map(Path::toString))
                    .containsExactlyInAnyOrder("java", "java.sha256", "lib", "slot.json");
        }
        assertThat(RuntimeFiles.differenceOf(folder)).isEmpty();
        assertThat(RuntimeFiles.read(folder).orElseThrow().digests().keySet())
                .containsExactly("java/bin/java", "java/lib/modules");
    }

    @Test
    void theSameJavaRuntimeIsNeitherBroughtNorUnpackedTwice() throws Exception {
        helper.ask(4);
        helper.run();
        Files.delete(unit.store().path(Sha256.hex(signed.javaImage())));
        helper.ask(5);

        assertThat(helper.run()).isEqualTo(ExitCode.OK);

        assertThat(Files.isSameFile(
                        unit.slot(slotWithJava).resolve("java/lib/modules"),
                        unit.slot(nextSlotWithJava).resolve("java/lib/modules")))
                .isTrue();
    }

    @Test
    void aJavaRuntimeThatIsDamagedInAnotherSlotIsUnpackedAgain() throws Exception {
        helper.ask(4);
        helper.run();
        Path damaged = unit.slot(slotWithJava).resolve("java/lib/modules");
        Files.write(damaged, new byte[999]);
        helper.ask(5);

        assertThat(helper.run()).isEqualTo(ExitCode.OK);

        assertThat(RuntimeFiles.differenceOf(unit.slot(nextSlotWithJava))).isEmpty();
        assertThat(damaged).hasSize(999);
    }

    @Test
    void aJavaRuntimeThatIsGoneFromAnotherSlotIsUnpackedAgain() throws Exception {
        helper.ask(4);
        helper.run();
        Files.move(unit.slot(slotWithJava).resolve("java"), work.resolve("gone"));
        helper.ask(5);

        assertThat(helper.run()).isEqualTo(ExitCode.OK);

        assertThat(RuntimeFiles.differenceOf(unit.slot(nextSlotWithJava))).isEmpty();
    }

    @Test
    void aJavaRuntimeThatOthersCouldChangeIsNotShared() throws Exception {
        helper.ask(4);
        helper.run();
        Path modules = unit.slot(slotWithJava).resolve("java/lib/modules");
        Files.setPosixFilePermissions(modules, PosixFilePermissions.fromString("rw-rw-r--"));
        helper.ask(5);

        assertThat(helper.run()).isEqualTo(ExitCode.OK);

        assertThat(Files.isSameFile(modules, unit.slot(nextSlotWithJava).resolve("java/lib/modules")))
                .isFalse();
        assertThat(new SlotRights(unit).difference(nextSlotWithJava)).isEmpty();
    }

    @Test
    void aJavaRuntimeThatIsDamagedIsPutRightInItsPlace() throws Exception {
        helper.ask(4);
        helper.run();
        Path folder = unit.slot(slotWithJava);
        AskedHelper.flip(folder.resolve("java/lib/modules"));
        Files.delete(folder.resolve("java/bin/java"));
        Files.writeString(folder.resolve("java/lib/more"), "more");
        Files.writeString(folder.resolve("java.jsa"), "of the runtime as it was");
        Object other = Files.getAttribute(folder.resolve("slot.json"), "unix:ino");

        assertThat(helper.run()).isEqualTo(ExitCode.OK);

        assertThat(Slot.isWhole(folder)).isTrue();
        assertThat(folder.resolve("java/bin/java")).isExecutable();
        assertThat(folder.resolve("java.jsa")).doesNotExist();
        assertThat(Files.getAttribute(folder.resolve("slot.json"), "unix:ino")).isEqualTo(other);
        assertThat(unit.slotHelper().resolve("new")).doesNotExist();
    }

    @Test
    void aSlotThatBringsNoJavaRuntimeStartsWithTheInstalledOne() throws Exception {
        String installed = Slot.read(unit.slot(signed.old)).java();
        helper.ask(4);
        helper.run();
        helper.ask(6);

        assertThat(helper.runFrom(slotWithJava)).isEqualTo(ExitCode.OK);

        assertThat(Slot.read(unit.slot(slotWithoutJava)).java()).isEqualTo(installed);
    }

    @Test
    void aJavaRuntimeInPlaceOfAnotherMakesAnotherSlot() throws Exception {
        helper.ask(4);
        helper.run();
        Path facts = unit.slot(slotWithJava).resolve("slot.json");
        Files.writeString(facts, Files.readString(facts).replaceFirst("(javaRelease\" : \").{8}", "$100000000"));

        assertThat(new GenerationVerifier(unit).verify(4))
                .isInstanceOfSatisfying(
                        Verification.Refused.class,
                        refused -> assertThat(refused.refusal().code().name()).isEqualTo("SLOT_DIFFERS"));
    }
}
