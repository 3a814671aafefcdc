package io.sekimori.launcher.main;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.generation.Nameplate;
import io.sekimori.generation.Unit;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a hostile gateway may leave for the helper in place of what was signed: it is refused, and nothing is waited for. */
class HostileSlotRequestTest {

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
    void otherBytesThanSignedAreRefused() throws Exception {
        Path jar = unit.store().path(signed.newJar());
        byte[] bytes = Files.readAllBytes(jar);
        bytes[bytes.length / 2] ^= 1;
        Files.write(jar, bytes);

        helper.refused("TARGET_HASH");
        assertThat(helper.run()).isEqualTo(ExitCode.SLOT_REFUSED);
    }

    @Test
    void aFileThatIsLongerThanSignedIsNotReadToItsEnd() throws Exception {
        Path jar = unit.store().path(signed.newJar());
        Files.write(jar, new byte[1 << 20]);

        helper.refused("TARGET_LENGTH");
    }

    @Test
    void aFileThatIsMissingIsRefused() throws Exception {
        Files.delete(unit.store().path(signed.newJar()));

        helper.refused("FILE_MISSING");
    }

    @Test
    void aFileThatIsALinkIsNotFollowed() throws Exception {
        Path jar = unit.store().path(signed.newJar());
        Path elsewhere = Files.move(jar, work.resolve("elsewhere"));
        Files.createSymbolicLink(jar, elsewhere);

        helper.refused("SLOT_UNWRITABLE");
    }

    @Test
    void aFolderThatIsALinkIsNotFollowed() throws Exception {
        Path elsewhere = Files.move(unit.generation(2), work.resolve("elsewhere"));
        Files.createSymbolicLink(unit.generation(2), elsewhere);

        helper.refused("EVIDENCE_UNREADABLE");
    }

    @Test
    void aFolderThatIsAPipeIsNotWaitedFor() throws Exception {
        Files.move(unit.evidence(2), work.resolve("elsewhere"));
        new ProcessBuilder("mkfifo", unit.evidence(2).toString()).start().waitFor();

        helper.refused("EVIDENCE_UNREADABLE");
    }

    @Test
    void aRequestThatIsAPipeIsNotWaitedFor() throws Exception {
        Files.delete(unit.slotRequestFile());
        new ProcessBuilder("mkfifo", unit.slotRequestFile().toString()).start().waitFor();

        helper.refused("SLOT_REQUEST_UNREADABLE");
    }

    @Test
    void aRequestThatMakesNoSenseIsRefused() throws Exception {
        Files.writeString(unit.slotRequestFile(), "{\"format\": 1, \"id\": \"../..\", \"generation\": 2}");

        helper.refused("SLOT_REQUEST_UNREADABLE");
    }

    @Test
    void whatNobodySignedIsRefused() throws Exception {
        Path targets = unit.evidence(2).resolve("director").resolve("targets.json");
        Files.writeString(targets, Files.readString(targets).replace("0.2.0", "0.3.0"));

        helper.refused("ASSIGNMENT_SIGNATURES");
    }

    @Test
    void whatWasSignedForAnotherModelIsRefused() throws Exception {
        Files.write(unit.nameplate(), new Nameplate("another", "T-1").bytes());

        helper.refused("MODEL_DIFFERS");
    }
}
