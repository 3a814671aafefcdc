package io.sekimori.launcher.main;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.generation.GenerationVerifier;
import io.sekimori.generation.SlotAnswer;
import io.sekimori.generation.Unit;
import io.sekimori.generation.Verification;
import io.sekimori.trust.Sha256;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The slot that a gateway asks for appears whole, of what is there and of what another slot has, and makes room. */
class SlotIntakeTest {

    @TempDir
    private static Path workshop;

    private static SignedSlots signed;

    @TempDir
    private Path work;

    private AskedHelper helper;
    private Unit unit;

    @BeforeAll
    static void whatWasSigned() throws Exception {
        signed = new SignedSlots(workshop);
    }

    @BeforeEach
    void aUnitThatAsks() throws Exception {
        helper = new AskedHelper(signed, work);
        unit = helper.unit;
    }

    @Test
    void aSignedSlotAppearsWholeAndForAllToRead() throws Exception {
        assertThat(helper.run()).isEqualTo(ExitCode.OK);

        assertThat(helper.answer()).isEqualTo(SlotAnswer.installed("r-2", signed.slot));
        assertThat(new GenerationVerifier(unit).verify(2)).isInstanceOf(Verification.Verified.class);
        try (Stream<Path> files = Files.walk(unit.slot(signed.slot))) {
            for (Path file : files.toList()) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .as(file.toString())
                        .isEqualTo(Files.isDirectory(file) ? "rwxr-xr-x" : "rw-r--r--");
            }
        }
        assertThat(unit.slotHelper().resolve("new")).doesNotExist();
    }

    @Test
    void askedAgainItChangesNothing() throws Exception {
        helper.run();
        FileTime written = Files.getLastModifiedTime(unit.slot(signed.slot).resolve("slot.json"));

        assertThat(helper.run()).isEqualTo(ExitCode.OK);

        assertThat(Files.getLastModifiedTime(unit.slot(signed.slot).resolve("slot.json")))
                .isEqualTo(written);
    }

    @Test
    void itRunsFromASlotOfTheUnit() throws Exception {
        assertThat(new SlotIntake(unit, Optional.empty(), AskedHelper.quiet(), Clock.systemUTC()).run())
                .isEqualTo(ExitCode.SLOT_REFUSED);
        assertThat(helper.answer().code()).isEqualTo("OTHER_SLOT");
    }

    @Test
    void whatAKilledHelperLeftIsCleared() throws Exception {
        Files.createDirectories(unit.slotHelper().resolve("new/lib"));
        Files.writeString(unit.slotHelper().resolve("new/lib/half.jar"), "half");

        assertThat(helper.run()).isEqualTo(ExitCode.OK);

        assertThat(new GenerationVerifier(unit).verify(2)).isInstanceOf(Verification.Verified.class);
    }

    @Test
    void aJarThatAnotherSlotHasNeedNotBeBroughtAgain() throws Exception {
        Path common = unit.slot(signed.old).resolve("lib/io.sekimori.trust-0.1.0.jar");
        Files.delete(unit.store().path(Sha256.hex(common)));

        assertThat(helper.run()).isEqualTo(ExitCode.OK);

        assertThat(unit.slot(signed.slot).resolve("lib/io.sekimori.trust-0.2.0.jar"))
                .hasSameBinaryContentAs(common);
    }

    @Test
    void aJarThatIsDamagedInAnotherSlotComesFromTheStore() throws Exception {
        Files.writeString(unit.slot(signed.old).resolve("lib/io.sekimori.trust-0.1.0.jar"), "damaged");
        Files.createDirectories(unit.slot("e".repeat(64)));

        assertThat(helper.run()).isEqualTo(ExitCode.OK);

        assertThat(new GenerationVerifier(unit).verify(2)).isInstanceOf(Verification.Verified.class);
    }

    @Test
    void aJarThatTheDiskCannotReadInAnotherSlotComesFromTheStore() throws Exception {
        Path jar = unit.slot(signed.old).resolve("lib/io.sekimori.trust-0.1.0.jar");
        Files.delete(jar);
        Files.createDirectory(jar); // it opens, and each read of it fails

        assertThat(helper.run()).isEqualTo(ExitCode.OK);

        assertThat(new GenerationVerifier(unit).verify(2)).isInstanceOf(Verification.Verified.class);
    }

    @Test
    void theOldestSlotThatNoGenerationNamesMakesRoom() throws Exception {
        Path oldest = slotOfNobody('a', 1);
        Path younger = slotOfNobody('b', 2);
        slotOfNobody('c', 3);

        assertThat(helper.run()).isEqualTo(ExitCode.OK);

        assertThat(oldest).doesNotExist();
        assertThat(younger).exists();
        assertThat(unit.slot(signed.old)).exists();
        assertThat(unit.slot(signed.slot)).exists();
    }

    @Test
    void slotsThatGenerationsNameStay() throws Exception {
        int number = 4;
        for (char digit : new char[] {'a', 'b', 'c'}) {
            slotOfNobody(digit, number);
            Path line = unit.generationSlotFile(number++);
            Files.createDirectories(line.getParent());
            Files.writeString(line, String.valueOf(digit).repeat(64) + "\n");
        }

        helper.refused("SLOTS_FULL");
        assertThat(unit.slot("a".repeat(64))).exists();
    }

    private Path slotOfNobody(char digit, int age) throws Exception {
        Path folder = Files.createDirectories(unit.slot(String.valueOf(digit).repeat(64)));
        Files.writeString(folder.resolve("slot.json"), "{}");
        Files.setLastModifiedTime(folder, FileTime.from(Instant.ofEpochSecond(age)));
        return folder;
    }
}
