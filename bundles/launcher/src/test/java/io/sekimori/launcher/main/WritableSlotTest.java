package io.sekimori.launcher.main;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.generation.SlotRights;
import io.sekimori.generation.Unit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What others than root could change is not relied on, and is put right where that is safe. */
class WritableSlotTest {

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

    /** Whoever could write there could have root run what they like, or believe whom they like. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "slots/OWN/lib",
                "slots/OWN/slot.json",
                "slots/OWN",
                "slots",
                "slots/.helper",
                "trust",
                "trust/root.json",
                "."
            })
    void whatOthersCouldChangeIsNotReliedOn(String what) throws Exception {
        assertThat(helper.run()).isEqualTo(ExitCode.OK);
        Path open = unit.directory().resolve(what.replace("OWN", signed.old));
        int mode = (int) Files.getAttribute(open, "unix:mode");

        Files.setAttribute(open, "unix:mode", mode | 020);
        helper.told("SLOT_WRITABLE");
        Files.setAttribute(open, "unix:mode", mode | 002);
        helper.told("SLOT_WRITABLE");

        Files.setAttribute(open, "unix:mode", mode);
        assertThat(helper.run()).isEqualTo(ExitCode.OK);
        Files.setAttribute(open, "unix:uid", AskedHelper.anotherUser());
        helper.told("SLOT_WRITABLE");
    }

    /** As install.sh leaves it: its user makes files there, and renames nobody else's. */
    @Test
    void aUnitInWhichEachUserHasWhatIsTheirsIsFine() throws Exception {
        Files.setAttribute(unit.directory(), "unix:mode", 01775);

        assertThat(helper.run()).isEqualTo(ExitCode.OK);
    }

    @Test
    void aSlotThatOthersCouldChangeIsPutRightThoughNothingInItDiffers() throws Exception {
        helper.run();
        Path folder = unit.slot(signed.slot);
        Path jar = folder.resolve("lib").resolve("io.sekimori.launcher-0.2.0.jar");
        Files.setPosixFilePermissions(jar, PosixFilePermissions.fromString("rw-rw-rw-"));
        Files.setPosixFilePermissions(folder.resolve("lib"), PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxr-x"));
        Object open = Files.getAttribute(jar, "unix:ino");

        assertThat(helper.run()).isEqualTo(ExitCode.OK);

        assertThat(new SlotRights(unit).difference(signed.slot)).isEmpty();
        assertThat(Files.getAttribute(jar, "unix:ino"))
                .as("whoever has it open writes into what is gone")
                .isNotEqualTo(open);
    }

    @Test
    void aFileOfSomebodyElseIsReplacedAndAFolderOfTheirsIsRefused() throws Exception {
        helper.run();
        Path lib = unit.slot(signed.slot).resolve("lib");
        Files.setAttribute(lib.resolve("io.sekimori.launcher-0.2.0.jar"), "unix:uid", AskedHelper.anotherUser());

        assertThat(helper.run()).isEqualTo(ExitCode.OK);
        assertThat(new SlotRights(unit).difference(signed.slot)).isEmpty();

        Files.setPosixFilePermissions(
                lib.resolve("io.sekimori.launcher-0.2.0.jar"), PosixFilePermissions.fromString("rw-rw-rw-"));
        Files.setAttribute(lib, "unix:mode", 0700);
        Files.setAttribute(lib, "unix:uid", AskedHelper.anotherUser());
        helper.told("SLOT_WRITABLE");
        assertThat(helper.answer().detail()).contains(lib.toString());
        assertThat((int) Files.getAttribute(lib, "unix:mode") & 0777)
                .as("what is theirs may lead anywhere by the time it is changed")
                .isEqualTo(0700);
        assertThat((int) Files.getAttribute(lib.resolve("io.sekimori.launcher-0.2.0.jar"), "unix:mode") & 0777)
                .isEqualTo(0666);
    }
}
