package io.sekimori.launcher.main;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.generation.SlotMemory;
import io.sekimori.generation.Unit;
import io.sekimori.trust.Standing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What root has seen keeps older launchers and older keys from coming back. */
class SlotFloorTest {

    @TempDir
    private static Path workshop;

    private static SignedSlots signed;
    private static String slotThatRaisesTheFloor;

    @TempDir
    private Path work;

    private AskedHelper helper;
    private Unit unit;

    @BeforeAll
    static void whatWasSigned() throws Exception {
        signed = new SignedSlots(workshop);
        signed.made.raiseFloors();
        slotThatRaisesTheFloor = signed.stage(3, "0.3.0");
    }

    @BeforeEach
    void aUnitThatAsks() throws Exception {
        helper = new AskedHelper(signed, work);
        unit = helper.unit;
    }

    @Test
    void anOldLauncherDoesNotComeBackBelowTheFloorThatRootHasSeen() throws Exception {
        helper.ask(3);
        assertThat(helper.run()).isEqualTo(ExitCode.OK);
        assertThat(unit.slot(slotThatRaisesTheFloor)).exists();
        helper.ask(2);

        helper.refused("BELOW_FLOOR");
    }

    @Test
    void evidenceOfKeysThatWereReplacedIsRefused() throws Exception {
        Files.createDirectories(unit.slotHelper());
        new SlotMemory(unit).write(new Standing(2, 1, Map.of()));

        helper.refused("SLOT_OLD_ROOT");
    }

    @Test
    void whatWasSeenIsNotForgottenWhenItsFileIsDamaged() throws Exception {
        Files.createDirectories(unit.slotHelper());
        Files.writeString(unit.slotHelper().resolve("standing.json"), "{");

        helper.refused("SLOT_UNWRITABLE");
    }

    @Test
    void aLauncherBelowTheFloorIsRetiredWhenTheNextOneIsConfirmed() throws Exception {
        helper.run();
        helper.ask(3);
        helper.run();
        assertThat(unit.slot(signed.slot).resolve("retired")).doesNotExist();

        assertThat(helper.run()).isEqualTo(ExitCode.OK);

        assertThat(unit.slot(signed.slot).resolve("retired")).exists();
        assertThat(unit.slot(slotThatRaisesTheFloor).resolve("retired")).doesNotExist();
    }

    @Test
    void floorsRiseThoughTheSlotIsThere() throws Exception {
        helper.ask(3);
        helper.run();
        Files.delete(unit.slotStandingFile());

        helper.run();

        assertThat(new SlotMemory(unit).read().floors().get("io.sekimori.launcher"))
                .isPositive();
    }
}
