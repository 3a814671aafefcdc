package io.sekimori.update.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sekimori.generation.Anchors;
import io.sekimori.generation.Generation;
import io.sekimori.generation.RuntimeFiles;
import io.sekimori.generation.Slot;
import io.sekimori.generation.SlotAnswer;
import io.sekimori.generation.SlotFiles;
import io.sekimori.generation.SlotMemory;
import io.sekimori.generation.SlotRequest;
import io.sekimori.generation.Unit;
import io.sekimori.launcher.testkit.TestBundle;
import io.sekimori.launcher.testkit.TestUnit;
import io.sekimori.trust.DurableFile;
import io.sekimori.trust.Evidence;
import io.sekimori.trust.MalformedJson;
import io.sekimori.trust.Refusal;
import io.sekimori.trust.Sha256;
import io.sekimori.trust.Swap;
import io.sekimori.trust.TrustCode;
import io.sekimori.update.Reason;
import io.sekimori.update.UpdateCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SlotsTest {

    private static final byte[] JAR = {1, 2, 3};
    private static final SlotFiles FILES = SlotFiles.of(Map.of("a.jar", Sha256.hex(JAR)));
    private static final Generation NEXT =
            Generations.of(2, FILES.id(), List.of(Generations.bundle("app", 1, Swap.OVERLAP, 1)));

    @TempDir
    private Path work;

    private Unit unit;

    @BeforeEach
    void aUnitWithAHelper() throws Exception {
        unit = new Unit(work);
        Files.createDirectories(unit.slotHelper());
    }

    @Test
    void withoutAHelperAMissingSlotIsRefused() throws Exception {
        Files.delete(unit.slotHelper());

        refused("SLOT_MISSING", () -> slots(1).demandWay(NEXT));
    }

    @Test
    void aSlotThatIsThereIsNotAskedFor() throws Exception {
        slot();

        slots(1).bring(NEXT, new Cancellation(), (what, done, total) -> {});

        assertThat(unit.slotRequestFile()).doesNotExist();
        assertThat(slots(1).jars(false)).containsExactly(Sha256.hex(JAR));
    }

    @Test
    void aSlotThatIsDamagedIsAskedForWhereSomebodyCanPutItRight() throws Exception {
        Files.writeString(slot().resolve("lib/a.jar"), "damaged");

        refused(
                UpdateCode.SLOT_HELPER_SILENT.name(),
                () -> slots(1).bring(NEXT, new Cancellation(), (what, done, total) -> {}));
        assertThat(unit.slotRequestFile()).exists();

        Files.delete(unit.slotHelper());
        slots(1).bring(NEXT, new Cancellation(), (what, done, total) -> {});
    }

    @Test
    void aSlotThatOthersCouldChangeIsAskedForAndItsJavaRuntimeIsNotCountedOn() throws Exception {
        Path jar = slot().resolve("lib/a.jar");
        Files.setPosixFilePermissions(jar, PosixFilePermissions.fromString("rw-rw-r--"));

        assertThat(slots(1).wants(FILES.id())).isTrue();
        assertThat(slots(1).jars(true)).as("what is copied is hashed").containsExactly(Sha256.hex(JAR));
        Files.setPosixFilePermissions(jar, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(slots(1).wants(FILES.id())).isFalse();
    }

    /** The helper would not run; it says so at once, and not after five minutes. */
    @Test
    void aHelperThatOthersCouldHaveChangedIsNotAsked() throws Exception {
        Path folder = slot();
        Generation other = Generations.of(3, "0".repeat(64), List.of(Generations.bundle("app", 1, Swap.OVERLAP, 1)));
        slots(1).demandHelper(NEXT, other);
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxr-x"));

        refused("SLOT_WRITABLE", () -> slots(1).demandHelper(NEXT, other));
        refused("SLOT_WRITABLE", () -> slots(1).demandHelper(NEXT, NEXT));
    }

    @Test
    void whatIsNotNamedLikeASlotIsNone() throws Exception {
        assertThat(slots(1).jars(false)).isEmpty();
        Path folder = Files.createDirectories(unit.slots().resolve("notes"));

        Files.write(folder.resolve("slot.json"), new Slot("/java", FILES).bytes());

        assertThat(slots(1).jars(false)).isEmpty();
    }

    @Test
    void theHelperIsAskedOnceAndWaitedFor() throws Exception {
        List<String> steps = new ArrayList<>();
        AtomicBoolean again = new AtomicBoolean();
        Thread helper = new Thread(() -> answerLate(again));
        helper.start();

        slots(60_000).bring(NEXT, new Cancellation(), (what, done, total) -> steps.add(what));

        helper.join();
        assertThat(steps).containsExactly("have the slot brought in: launcher, framework, Java runtime");
        assertThat(again).isFalse();
    }

    @Test
    void theHelperIsToldOfAnotherSlotAndOfFloorsThatRose() throws Exception {
        TestUnit made = TestUnit.create(work.resolve("made"));
        Generation committed = made.generation(1, TestBundle.of("test.one", "1.0.0"));
        Slots slots = new Slots(made.unit(), Duration.ofMillis(1));
        slots.tell(committed, true);
        assertThat(made.unit().slotRequestFile()).doesNotExist(); // nobody is there to read it

        Files.createDirectories(made.unit().slotHelper());
        slots.tell(committed, false);
        assertThat(told(made.unit())).isEqualTo(1);
        new SlotMemory(made.unit())
                .write(Anchors.of(made.unit())
                        .examine(Evidence.read(made.unit().evidence(1)))
                        .standing());
        Files.delete(made.unit().slotRequestFile());
        slots.tell(committed, false);
        assertThat(made.unit().slotRequestFile()).doesNotExist();
        slots.tell(committed, true);
        assertThat(told(made.unit())).isEqualTo(1);
    }

    private static int told(Unit unit) throws Exception {
        return SlotRequest.parse(Files.readAllBytes(unit.slotRequestFile())).generation();
    }

    // Takes the request away, and answers when it has not come again for some looks of whoever waits.
    private void answerLate(AtomicBoolean again) {
        try {
            while (!Files.exists(unit.slotRequestFile())) {
                Thread.onSpinWait();
            }
            SlotRequest request = SlotRequest.parse(Files.readAllBytes(unit.slotRequestFile()));
            Files.delete(unit.slotRequestFile());
            long start = System.nanoTime();
            while (System.nanoTime() - start < Duration.ofMillis(300).toNanos()) {
                Thread.onSpinWait();
            }
            again.set(Files.exists(unit.slotRequestFile()));
            DurableFile.write(
                    unit.slotAnswerFile(),
                    SlotAnswer.installed(request.id(), FILES.id()).bytes());
        } catch (IOException | MalformedJson e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aHelperThatDoesNotAnswerIsNotWaitedForForEver() throws Exception {
        Files.write(
                unit.slotAnswerFile(),
                SlotAnswer.installed("another", FILES.id()).bytes());

        refused(
                UpdateCode.SLOT_HELPER_SILENT.name(),
                () -> slots(1).bring(NEXT, new Cancellation(), (what, done, total) -> {}));
    }

    @Test
    void whatTheHelperRefusesIsRefusedForThatReason() throws Exception {
        Thread helper = new Thread(this::refuseWhatIsAsked);
        helper.start();

        refused("BELOW_FLOOR", () -> slots(60_000).bring(NEXT, new Cancellation(), (what, done, total) -> {}));
        helper.join();
    }

    @Test
    void aJarThatIsDamagedIsFetchedAgainAndADamagedSlotIsPassedOver() throws Exception {
        Files.writeString(slot().resolve("lib/a.jar"), "damaged");
        Files.createDirectories(unit.slot("b".repeat(64)));
        Files.createDirectories(unit.slot("c".repeat(64)));
        Files.writeString(unit.slot("c".repeat(64)).resolve("slot.json"), "{");

        assertThat(slots(1).jars(true)).isEmpty();
        assertThat(slots(1).jars(false)).containsExactly(Sha256.hex(JAR));
    }

    @Test
    void aJavaRuntimeThatIsNotWholeIsFetchedAgain() throws Exception {
        String jar = "d".repeat(64);
        Path folder = Files.createDirectories(unit.slot(FILES.id()).resolve("java"));
        Files.writeString(folder.resolve("release"), "17");
        Files.write(
                folder.resolveSibling("slot.json"),
                new Slot("/java", new SlotFiles(FILES.digests(), Optional.of(jar))).bytes());
        assertThat(slots(1).jars(true)).isEmpty();

        Files.write(
                folder.resolveSibling(RuntimeFiles.FILE),
                new RuntimeFiles(new TreeMap<>(Map.of("java/release", Sha256.hex(folder.resolve("release"))))).bytes());
        assertThat(slots(1).jars(true)).containsExactly(jar);
        Files.writeString(folder.resolve("release"), "18");
        assertThat(slots(1).jars(true)).isEmpty();
    }

    @Test
    void whoeverCancelsDoesNotWaitForTheHelper() {
        Cancellation cancelled = new Cancellation();
        cancelled.request(Reason.of(UpdateCode.CANCELLED, "by test"));

        refused("CANCELLED", () -> slots(60_000).bring(NEXT, cancelled, (what, done, total) -> {}));
    }

    private Path slot() throws IOException {
        Path folder = unit.slot(FILES.id());
        Files.createDirectories(folder.resolve("lib"));
        Files.write(folder.resolve("slot.json"), new Slot("/java", FILES).bytes());
        Files.write(folder.resolve("lib/a.jar"), JAR);
        for (Path each : List.of(folder, folder.resolve("lib"))) {
            Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        for (Path each : List.of(folder.resolve("slot.json"), folder.resolve("lib/a.jar"))) {
            Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rw-r--r--"));
        }
        return folder;
    }

    private void refuseWhatIsAsked() {
        try {
            while (!Files.exists(unit.slotRequestFile())) {
                Thread.onSpinWait();
            }
            SlotRequest request = SlotRequest.parse(Files.readAllBytes(unit.slotRequestFile()));
            Refusal refusal = new Refusal(TrustCode.BELOW_FLOOR, "by test");
            DurableFile.write(
                    unit.slotAnswerFile(),
                    SlotAnswer.refused(request.id(), refusal).bytes());
        } catch (IOException | MalformedJson e) {
            throw new IllegalStateException(e);
        }
    }

    private Slots slots(long limitMillis) {
        return new Slots(unit, Duration.ofMillis(limitMillis));
    }

    private static void refused(String code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Stopped.class,
                        stopped -> assertThat(stopped.reason().code()).isEqualTo(code));
    }
}
