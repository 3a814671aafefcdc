package io.sekimori.launcher.main;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sekimori.generation.Slot;
import io.sekimori.generation.SlotFiles;
import io.sekimori.generation.Unit;
import io.sekimori.trust.Assigned;
import io.sekimori.trust.Kind;
import io.sekimori.trust.Release;
import io.sekimori.trust.Sha256;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlotRoomTest {

    private static final long MIB = 1L << 20;
    private static final long RESERVE = 32 * MIB;
    private static final String RUNTIME = digest("runtime");
    private static final String LAUNCHER = "io.sekimori.launcher";

    @TempDir
    private Path work;

    private Unit unit;

    @BeforeEach
    void aUnitThatRunsItsFirstGeneration() throws IOException {
        unit = new Unit(work);
        Files.createDirectories(unit.slotHelper());
        Files.createDirectories(unit.store().path("0".repeat(64)).getParent());
        names(1, slot("own", 1));
    }

    @Test
    void aSlotThatNobodyNeedsMakesRoomForBytes() throws IOException {
        Path unused = sized(slot("unused", 2), RESERVE + MIB);
        Path younger = slot("younger", 3);

        // The disk has as much as is needed once the older of the two has gone.
        room(() -> Files.exists(unused) ? 0 : RESERVE + MIB).make(next(), List.of(jar("next", MIB)));

        assertThat(unused).doesNotExist();
        assertThat(younger).exists();
        assertThat(unit.slotHelper().resolve("old")).doesNotExist();
    }

    @Test
    void withRoomNoSlotGoes() throws IOException {
        Path unused = slot("unused", 2);

        room(() -> RESERVE + MIB).make(next(), List.of(jar("next", MIB)));

        assertThat(unused).exists();
    }

    @Test
    void whatIsNeededStaysAndWhatIsMissingIsSaidInBytes() throws IOException {
        Path fallback = slot("fallback", 2);
        names(2, fallback);
        Path unused = sized(slot("unused", 3), MIB);

        // What looked like enough was not: some of it is shared with another.
        assertThatThrownBy(() -> room(() -> RESERVE + 1000).make(next(), List.of(jar("next", MIB))))
                .hasMessageContaining("SLOT_NO_SPACE")
                .hasMessageContaining((RESERVE + MIB) + " bytes are needed and " + (RESERVE + 1000) + " are free")
                .hasMessageContaining((MIB - 1000) + " too few");

        assertThat(fallback).exists();
        assertThat(unused).doesNotExist();
    }

    @Test
    void noSlotGoesWhereAllThatMayWouldNotBeEnough() throws IOException {
        Path unused = sized(slot("unused", 2), MIB);

        assertThatThrownBy(() -> room(() -> RESERVE).make(next(), List.of(jar("next", 3 * MIB))))
                .hasMessageContaining("SLOT_NO_SPACE");

        assertThat(unused).exists();
    }

    @Test
    void noSlotGoesWhereTooManyWouldStay() throws IOException {
        Path unused = slot("unused", 2);
        for (int generation = 2; generation <= 4; generation++) {
            names(generation, slot("g" + generation, generation));
        }

        assertThatThrownBy(() -> room(() -> Long.MAX_VALUE).make(next(), List.of(jar("next", MIB))))
                .hasMessageContaining("SLOTS_FULL");

        assertThat(unused).exists();
    }

    /** It is in the store, too; but unpacked from there it takes what nobody reserved. */
    @Test
    void theSlotWhoseJavaRuntimeIsWantedGoesLast() throws IOException {
        Path holder = holder(2);
        Path younger = slot("younger", 3);
        slot("youngest", 4);

        room(() -> RESERVE).make(nextWithJava(), List.of(item(Kind.JAVA, RUNTIME, 100 * MIB)));

        assertThat(holder).exists();
        assertThat(younger).doesNotExist();
    }

    @Test
    void whereTheSlotWhoseJavaRuntimeIsWantedHasToGoThatTakesItsBytes() throws IOException {
        Path holder = holder(2);
        for (int generation = 2; generation <= 3; generation++) {
            names(generation, slot("g" + generation, generation));
        }
        List<Assigned> items = List.of(item(Kind.JAVA, RUNTIME, 100 * MIB));

        assertThatThrownBy(() -> room(() -> RESERVE).make(nextWithJava(), items))
                .hasMessageContaining("SLOT_NO_SPACE");
        assertThat(holder).exists();

        room(() -> RESERVE + 400 * MIB).make(nextWithJava(), items);
        assertThat(holder).doesNotExist();
    }

    private Path holder(int age) throws IOException {
        Files.writeString(unit.store().path(RUNTIME), "downloaded");
        return slot(
                "holder",
                age,
                new SlotFiles(SlotFiles.of(Map.of("old.jar", digest("old"))).digests(), Optional.of(RUNTIME)));
    }

    @Test
    void aJavaRuntimeThatASlotHasIsSharedAndTakesNothing() throws IOException {
        Path holder = slot("holder", 2, new SlotFiles(next().digests(), Optional.of(RUNTIME)));
        names(2, holder);

        room(() -> RESERVE).make(nextWithJava(), List.of(item(Kind.JAVA, RUNTIME, 100 * MIB)));
    }

    /** The gateway did not download what a slot has: were it removed, the new slot could not be made. */
    @Test
    void theLastSlotWithAFileOfTheNewOneStays() throws IOException {
        Path source = slot("source", 2, SlotFiles.of(Map.of("next.jar", digest("next"), "more.jar", digest("more"))));
        slot("a", 3);
        Path other = slot("b", 4);

        room(() -> Long.MAX_VALUE).make(next(), List.of(jar("next", MIB)));
        assertThat(source).exists();
        assertThat(unit.slot(id("a"))).doesNotExist();
        assertThat(other).exists();

        slot("c", 5);
        Files.writeString(unit.store().path(digest("next")), "downloaded");
        room(() -> Long.MAX_VALUE).make(next(), List.of(jar("next", MIB)));
        assertThat(source).doesNotExist();
    }

    /** What is damaged is put right in its place: it neither counts as one more nor makes room for itself. */
    @Test
    void aSlotThatIsThereTakesNoOther() throws IOException {
        Path damaged = slot("next", 1);
        Path unused = slot("unused", 2);
        names(2, slot("fallback", 3));

        room(() -> RESERVE + MIB).make(next(), List.of(jar("next", MIB)));
        assertThatThrownBy(() -> room(() -> RESERVE).make(next(), List.of(jar("next", MIB))))
                .hasMessageContaining("SLOT_NO_SPACE");

        assertThat(damaged).exists();
        assertThat(unused).exists();
    }

    private SlotRoom room(LongSupplier free) {
        return new SlotRoom(unit, new GuestFiles(unit.directory()), id("own"), free);
    }

    private static SlotFiles next() {
        return SlotFiles.of(Map.of("next.jar", digest("next")));
    }

    private static SlotFiles nextWithJava() {
        return new SlotFiles(next().digests(), Optional.of(RUNTIME));
    }

    private static Path sized(Path slot, long bytes) throws IOException {
        FileTime made = Files.getLastModifiedTime(slot);
        try (RandomAccessFile file = new RandomAccessFile(slot.resolve("sparse").toFile(), "rw")) {
            file.setLength(bytes);
        }
        Files.setLastModifiedTime(slot, made);
        return slot;
    }

    private static Assigned jar(String name, long length) {
        return item(Kind.SLOT, digest(name), length);
    }

    private static Assigned item(Kind kind, String sha256, long length) {
        return new Assigned(Release.pathOf(kind, LAUNCHER, "2.0.0"), LAUNCHER, "2.0.0", 2, 1, kind, length, sha256);
    }

    private static String digest(String name) {
        return Sha256.hex((name + ".jar").getBytes(StandardCharsets.UTF_8));
    }

    private static String id(String name) {
        return SlotFiles.of(Map.of(name + ".jar", digest(name))).id();
    }

    private Path slot(String name, int age) throws IOException {
        return slot(name, age, SlotFiles.of(Map.of(name + ".jar", digest(name))));
    }

    private Path slot(String name, int age, SlotFiles files) throws IOException {
        Path folder = Files.createDirectories(unit.slot(id(name)));
        Files.write(folder.resolve("slot.json"), new Slot("/opt/java", files).bytes());
        Files.setLastModifiedTime(folder, FileTime.from(Instant.ofEpochSecond(age)));
        return folder;
    }

    private void names(int generation, Path slot) throws IOException {
        Files.createDirectories(unit.generation(generation));
        Files.writeString(unit.generationSlotFile(generation), slot.getFileName() + "\n");
    }
}
