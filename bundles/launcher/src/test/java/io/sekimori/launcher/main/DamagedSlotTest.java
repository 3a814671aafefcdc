package io.sekimori.launcher.main;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.generation.GenerationVerifier;
import io.sekimori.generation.Slot;
import io.sekimori.generation.SlotAnswer;
import io.sekimori.generation.Unit;
import io.sekimori.generation.Verification;
import io.sekimori.trust.Sha256;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A slot that the disk damaged is put right in its place, of verified content alone. */
class DamagedSlotTest {

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
    void aSlotThatIsDamagedIsPutRightInItsPlace() throws Exception {
        helper.run();
        Path folder = unit.slot(signed.slot);
        Path jar = folder.resolve("lib").resolve("io.sekimori.launcher-0.2.0.jar");
        AskedHelper.flip(jar);
        Files.writeString(folder.resolve("lib/more.jar"), "would be on the class path");
        Files.writeString(folder.resolve("retired"), "");
        Object before = Files.getAttribute(folder, "unix:ino");

        assertThat(helper.run()).isEqualTo(ExitCode.OK);

        assertThat(helper.answer()).isEqualTo(SlotAnswer.installed("r-2", signed.slot));
        assertThat(new GenerationVerifier(unit).verify(2)).isInstanceOf(Verification.Verified.class);
        assertThat(Files.getAttribute(folder, "unix:ino")).isEqualTo(before);
        assertThat(folder.resolve("retired")).exists();
    }

    @Test
    void whatCannotBeReadOfASlotIsPutRight() throws Exception {
        helper.run();
        Path folder = unit.slot(signed.slot);
        Files.writeString(folder.resolve("slot.json"), "{");
        Path jar = folder.resolve("lib").resolve("io.sekimori.launcher-0.2.0.jar");
        Files.delete(jar);
        Files.createDirectories(jar.resolve("a folder in its place"));

        assertThat(helper.run()).isEqualTo(ExitCode.OK);

        assertThat(new GenerationVerifier(unit).verify(2)).isInstanceOf(Verification.Verified.class);
    }

    /** The launcher at work is put right from what another slot has of it. */
    @Test
    void theSlotThatTheHelperRunsFromIsPutRightToo() throws Exception {
        helper.run();
        AskedHelper.flip(unit.slot(signed.old).resolve("lib/io.sekimori.trust-0.1.0.jar"));
        Files.delete(unit.store().path(Sha256.hex(unit.slot(signed.slot).resolve("lib/io.sekimori.trust-0.2.0.jar"))));
        helper.ask(1);

        assertThat(helper.run()).isEqualTo(ExitCode.OK);

        assertThat(Slot.isWhole(unit.slot(signed.old))).isTrue();
    }

    /** Nothing that is there becomes worse. */
    @Test
    void aDamagedSlotOfWhichNothingVerifiedIsThereStaysAsItIs() throws Exception {
        helper.run();
        Path jar = unit.slot(signed.slot).resolve("lib").resolve("io.sekimori.launcher-0.2.0.jar");
        AskedHelper.flip(jar);
        byte[] damaged = Files.readAllBytes(jar);
        Files.delete(unit.store().path(signed.newJar()));

        assertThat(helper.run()).isEqualTo(ExitCode.SLOT_REFUSED);

        assertThat(helper.answer().code()).isEqualTo("FILE_MISSING");
        assertThat(jar).hasBinaryContent(damaged);
    }
}
