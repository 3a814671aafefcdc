package io.sekimori.update.engine;

import io.sekimori.generation.Anchors;
import io.sekimori.generation.Generation;
import io.sekimori.generation.GenerationCode;
import io.sekimori.generation.RuntimeFiles;
import io.sekimori.generation.Slot;
import io.sekimori.generation.SlotAnswer;
import io.sekimori.generation.SlotFiles;
import io.sekimori.generation.SlotMemory;
import io.sekimori.generation.SlotRequest;
import io.sekimori.generation.SlotRights;
import io.sekimori.generation.Unit;
import io.sekimori.trust.DurableFile;
import io.sekimori.trust.Evidence;
import io.sekimori.trust.MalformedJson;
import io.sekimori.trust.Sha256;
import io.sekimori.trust.Standing;
import io.sekimori.update.Reason;
import io.sekimori.update.UpdateCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The slots of the unit. They belong to root: the runtime cannot bring one in, but a helper of root's can, if there is one,
 * and is asked by a file. What it then finds is verified as ever. Confined to one thread at a time.
 */
final class Slots {

    /** A slow flash card takes its time for a Java runtime. */
    static final Duration HELPER_LIMIT = Duration.ofMinutes(5);

    private static final Duration ASK_AGAIN = Duration.ofSeconds(10);
    private static final long LOOK_AGAIN_MILLIS = 50;

    private final Unit unit;
    private final Duration limit;

    Slots(Unit unit, Duration limit) {
        this.unit = unit;
        this.limit = limit;
    }

    boolean has(String slot) {
        return Files.isRegularFile(unit.slot(slot).resolve("slot.json"));
    }

    /** Whether a slot has to be brought in, or put right by whoever brings them in, if there is one. */
    boolean wants(String slot) {
        return !has(slot)
                || Files.isDirectory(unit.slotHelper())
                        && (!Slot.isWhole(unit.slot(slot))
                                || othersMayChange(slot).isPresent());
    }

    // What is root's is whoever's owns the slots.
    private Optional<String> othersMayChange(String slot) {
        return new SlotRights(unit).difference(slot);
    }

    /** Refuses a generation whose slot is not there, if nobody can bring it in. */
    void demandWay(Generation generation) throws Stopped {
        if (!has(generation.slot()) && !Files.isDirectory(unit.slotHelper())) {
            throw new Stopped(new Reason(GenerationCode.SLOT_MISSING.name(), "slot " + generation.slot()));
        }
    }

    /** Refuses what needs the helper, if that would be what others than root could have changed: it does not run then. */
    void demandHelper(Generation running, Generation to) throws Stopped {
        Optional<String> odd =
                Files.isDirectory(unit.slotHelper()) ? othersMayChange(running.slot()) : Optional.empty();
        if (odd.isPresent() && wants(to.slot())) {
            throw new Stopped(new Reason(GenerationCode.SLOT_WRITABLE.name(), odd.get()));
        }
    }

    /**
     * The digests of the jars of all slots that are there, Java runtimes among them: the helper takes from them what a new one
     * has in common. What a damaged slot has does not count.
     *
     * @param whole whether each jar is hashed
     */
    Set<String> jars(boolean whole) throws IOException {
        Set<String> digests = new HashSet<>();
        if (!Files.isDirectory(unit.slots())) {
            return digests;
        }
        try (Stream<Path> entries = Files.list(unit.slots())) {
            for (Path entry : entries.filter(Slots::isSlot).toList()) {
                try {
                    addJars(entry, whole, digests);
                } catch (IOException | UncheckedIOException | MalformedJson e) {
                    continue; // it is fetched again
                }
            }
        }
        return digests;
    }

    private void addJars(Path slot, boolean whole, Set<String> digests) throws IOException, MalformedJson {
        SlotFiles files = Slot.read(slot).files();
        if (files.java().isPresent()
                && (!whole
                        || RuntimeFiles.differenceOf(slot).isEmpty()
                                && othersMayChange(slot.getFileName().toString())
                                        .isEmpty())) {
            digests.add(files.java().get());
        }
        for (Map.Entry<String, String> jar : files.digests().entrySet()) {
            if (!whole || Sha256.hex(slot.resolve("lib").resolve(jar.getKey())).equals(jar.getValue())) {
                digests.add(jar.getValue());
            }
        }
    }

    /**
     * After a commit: has the helper know of floors that rose with it, and of launchers that are not needed any more. Nobody waits
     * for it; what is not heard now is told with the next commit.
     */
    void tell(Generation committed, boolean another) {
        if (!Files.isDirectory(unit.slotHelper())) {
            return;
        }
        try {
            Standing now = Anchors.of(unit)
                    .examine(Evidence.read(unit.evidence(committed.number())))
                    .standing();
            Standing seen = new SlotMemory(unit).read();
            if (another || !seen.and(now).equals(seen)) {
                ask(new SlotRequest(UUID.randomUUID().toString(), committed.number()));
            }
        } catch (IOException e) {
            return; // the generation is committed, whatever root has heard of it
        }
    }

    private void ask(SlotRequest request) throws IOException {
        Files.createDirectories(unit.run());
        DurableFile.write(unit.slotRequestFile(), request.bytes());
    }

    private static boolean isSlot(Path entry) {
        return Sha256.isHex(entry.getFileName().toString());
    }

    /** Returns when the slot of the staged generation is there, and whole. */
    void bring(Generation generation, Cancellation cancellation, Staging.Steps steps) throws Stopped {
        if (!wants(generation.slot())) {
            return;
        }
        steps.step("have the slot brought in: launcher, framework, Java runtime", 0, 0);
        SlotRequest request = new SlotRequest(UUID.randomUUID().toString(), generation.number());
        try {
            SlotAnswer answer = await(request, cancellation);
            if (!answer.code().equals(SlotAnswer.INSTALLED)) {
                throw new Stopped(new Reason(answer.code(), answer.detail()));
            }
        } catch (IOException e) {
            throw new Stopped(UpdateCode.STAGING_FAILED, "the slot cannot be asked for", e);
        }
    }

    private SlotAnswer await(SlotRequest request, Cancellation cancellation) throws IOException, Stopped {
        long start = System.nanoTime();
        long asked = 0;
        while (System.nanoTime() - start < limit.toNanos()) {
            // Once more now and then: nobody looked while another request was being answered.
            if (asked == 0 || System.nanoTime() - asked > ASK_AGAIN.toNanos()) {
                ask(request);
                asked = System.nanoTime();
            }
            Optional<SlotAnswer> answer = answer();
            if (answer.isPresent() && answer.get().id().equals(request.id())) {
                return answer.get();
            }
            cancellation.pause(LOOK_AGAIN_MILLIS);
        }
        throw new Stopped(UpdateCode.SLOT_HELPER_SILENT, "no answer within " + limit.toSeconds() + " s");
    }

    private Optional<SlotAnswer> answer() throws IOException {
        try {
            Optional<byte[]> bytes = DurableFile.read(unit.slotAnswerFile(), SlotAnswer.MAX_BYTES);
            return bytes.isPresent() ? Optional.of(SlotAnswer.parse(bytes.get())) : Optional.empty();
        } catch (MalformedJson e) {
            throw new IOException(unit.slotAnswerFile() + " is malformed", e);
        }
    }
}
