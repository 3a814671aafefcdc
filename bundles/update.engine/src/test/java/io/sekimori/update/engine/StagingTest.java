package io.sekimori.update.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sekimori.generation.Generation;
import io.sekimori.generation.GenerationCode;
import io.sekimori.generation.Slot;
import io.sekimori.generation.SlotFiles;
import io.sekimori.generation.Unit;
import io.sekimori.trust.Acceptance;
import io.sekimori.trust.Kind;
import io.sekimori.trust.Release;
import io.sekimori.update.Plan;
import io.sekimori.update.UpdateCode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes onto the disk before a generation begins, and what must not. */
class StagingTest {

    private static final byte[] APP = "an application".getBytes(StandardCharsets.UTF_8);
    private static final byte[] LAUNCHER = "a launcher".getBytes(StandardCharsets.UTF_8);
    private static final Release BUNDLE = Orders.release(Kind.BUNDLE, "app", APP);
    private static final Release SLOT = Orders.release(Kind.SLOT, "launcher", LAUNCHER);
    private static final Acceptance.Accepted ORDER = Orders.of(BUNDLE, SLOT);

    @TempDir
    private Path work;

    private Unit unit;
    private Staging staging;

    @BeforeEach
    void aUnitWithAHelper() throws Exception {
        unit = new Unit(work);
        staging = new Staging(unit, new Slots(unit, Duration.ofMillis(1)));
        Files.createDirectories(unit.slotHelper());
    }

    @Test
    void theNextGenerationIsWhatWasOrdered() throws Exception {
        Generation generation = staging.generation(9, ORDER, Orders.NOW);

        assertThat(generation.number()).isEqualTo(9);
        assertThat(generation.bundles()).hasSize(1);
        assertThat(generation.slot()).isEqualTo(SlotFiles.of(ORDER.assignment()).id());
    }

    @Test
    void whatMakesNoGenerationIsRefused() throws Exception {
        refused(UpdateCode.PACK_UNREADABLE.name(), () -> staging.generation(2, Orders.of(BUNDLE), Orders.NOW));
        Files.delete(unit.slotHelper());
        refused(GenerationCode.SLOT_MISSING.name(), () -> staging.generation(2, ORDER, Orders.NOW));
    }

    @Test
    void theDiskIsCountedInBytesThatAreStillToCome() throws Exception {
        Files.createDirectories(incoming().directory());
        Files.write(incoming().path(BUNDLE.sha256()), new byte[4]);

        Plan.Disk disk = staging.disk(List.of(BUNDLE, SLOT));

        assertThat(disk.toCopyBytes()).isEqualTo(APP.length - 4 + 2 * LAUNCHER.length);
        assertThat(disk.neededBytes()).isEqualTo(disk.toCopyBytes() + (24L << 20));
        assertThat(disk.freeBytes()).isPositive();
    }

    @Test
    void aDiskWithExactlyEnoughIsEnough() throws Exception {
        Staging.demand(new Plan.Disk(10, 30, 30), work);

        refused(UpdateCode.DISK_FULL.name(), () -> Staging.demand(new Plan.Disk(10, 30, 29), work));
    }

    @Test
    void whatIsMissingComesIntoTheStoreAndIsKeptForAnotherTry() throws Exception {
        Files.createDirectories(incoming().directory());
        Files.write(incoming().path("e".repeat(64)), new byte[3]);
        List<String> told = new ArrayList<>();

        store(supply(APP, LAUNCHER), told);

        assertThat(unit.store().digests()).containsExactlyInAnyOrder(BUNDLE.sha256(), SLOT.sha256());
        assertThat(incoming().path(BUNDLE.sha256())).hasBinaryContent(APP);
        assertThat(incoming().path("e".repeat(64))).as("of another assignment").doesNotExist();
        assertThat(told).containsExactly("store " + BUNDLE.path() + " 0", "store " + SLOT.path() + " " + APP.length);
    }

    @Test
    void whatComesFromADiskIsNotKeptTwice() throws Exception {
        Supply local = new Supply(
                Orders.source(file -> Optional.empty(), APP, LAUNCHER),
                true,
                UpdateCode.PACK_FILE_MISSING,
                UpdateCode.PACK_UNREADABLE);

        store(local, new ArrayList<>());

        assertThat(unit.store().digests()).hasSize(2);
        assertThat(incoming().directory()).isEmptyDirectory();
    }

    @Test
    void whatTheSourceDoesNotHaveIsRefused() throws Exception {
        refused(UpdateCode.SOURCE_FILE_MISSING.name(), () -> store(supply(APP), new ArrayList<>()));

        assertThat(unit.store().digests()).containsExactly(BUNDLE.sha256());
    }

    @Test
    void whatIsNotInTheStoreAsItWasSignedIsMissing() throws Exception {
        Generation next = staging.generation(2, ORDER, Orders.NOW);
        assertThat(staging.missing(next, ORDER)).containsExactly(BUNDLE, SLOT);

        store(supply(APP, LAUNCHER), new ArrayList<>());
        assertThat(staging.missing(next, ORDER)).isEmpty();

        byte[] damaged = APP.clone();
        damaged[0]++;
        Files.delete(unit.store().path(BUNDLE.sha256()));
        Files.write(unit.store().path(BUNDLE.sha256()), damaged);
        assertThat(staging.missing(next, ORDER)).containsExactly(BUNDLE);
    }

    /** Of a slot that is there nothing is brought; where it is not, what another one has is not brought twice. */
    @Test
    void whatSlotsHaveIsNotMissing() throws Exception {
        Generation next = staging.generation(2, ORDER, Orders.NOW);
        SlotFiles other = SlotFiles.of(Map.of("launcher-1.0.0.jar", SLOT.sha256(), "b.jar", BUNDLE.sha256()));
        slot(other);
        assertThat(staging.missing(next, ORDER)).containsExactly(BUNDLE);

        Files.writeString(unit.slot(other.id()).resolve("lib/launcher-1.0.0.jar"), "damaged");
        assertThat(staging.missing(next, ORDER)).containsExactly(BUNDLE, SLOT);

        Files.delete(unit.slotHelper());
        slot(SlotFiles.of(ORDER.assignment()));
        assertThat(staging.missing(next, ORDER)).containsExactly(BUNDLE);
    }

    @Test
    void theGenerationComesWithItsEvidence() throws Exception {
        Generation next = staging.generation(2, ORDER, Orders.NOW);

        staging.write(next, ORDER);

        assertThat(new io.sekimori.generation.Generations(unit).numbers()).contains(2);
        assertThat(unit.evidence(2)).isDirectory();
    }

    private void slot(SlotFiles files) throws Exception {
        Path folder = unit.slot(files.id());
        Files.createDirectories(folder.resolve("lib"));
        Files.write(folder.resolve("lib/launcher-1.0.0.jar"), LAUNCHER);
        if (files.digests().containsKey("b.jar")) {
            Files.write(folder.resolve("lib/b.jar"), APP);
        }
        Files.write(folder.resolve("slot.json"), new Slot("/java", files).bytes());
    }

    private void store(Supply supply, List<String> told) throws Stopped {
        staging.store(
                List.of(BUNDLE, SLOT),
                supply,
                DownloadLimits.LOCAL,
                new Cancellation(),
                (what, done, total) -> told.add(what + " " + done));
    }

    private Incoming incoming() {
        return Incoming.of(unit);
    }

    private static Supply supply(byte[]... files) {
        return Supply.remote(Orders.source(file -> Optional.empty(), files));
    }

    private static void refused(String code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Stopped.class,
                        stopped -> assertThat(stopped.reason().code()).isEqualTo(code));
    }
}
