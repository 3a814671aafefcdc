package io.sekimori.launcher.main;

import io.sekimori.generation.Anchors;
import io.sekimori.generation.GenerationCode;
import io.sekimori.generation.Nameplate;
import io.sekimori.generation.Slot;
import io.sekimori.generation.SlotAnswer;
import io.sekimori.generation.SlotFiles;
import io.sekimori.generation.SlotMemory;
import io.sekimori.generation.SlotRequest;
import io.sekimori.generation.SlotRights;
import io.sekimori.generation.Unit;
import io.sekimori.trust.Assigned;
import io.sekimori.trust.Assignment;
import io.sekimori.trust.DurableFile;
import io.sekimori.trust.Evidence;
import io.sekimori.trust.Kind;
import io.sekimori.trust.MalformedJson;
import io.sekimori.trust.Refusal;
import io.sekimori.trust.Standing;
import io.sekimori.trust.TrustException;
import io.sekimori.trust.Vouching;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Brings in the slot of a staged generation, as root: the runtime's user cannot write slots. It believes nothing of that
 * user: it reads the evidence itself, verifies it from the anchors on, copies the signed bytes to where only root writes, and
 * lets the slot appear by one rename. Nothing of the new slot is run. A slot that is there is changed only where it is not
 * what was signed. Confined to one thread; one at a time for a unit.
 *
 * @param clock may stand far back on a unit that has none of its own: no time before the assignment was signed counts
 */
record SlotIntake(Unit unit, Optional<OwnSlot> own, Lines lines, Clock clock) {

    private static final int MAX_NAMEPLATE_BYTES = 1 << 20;

    /** Answers the request that is there. */
    ExitCode run() {
        try (FileChannel lock = FileChannel.open(
                        Files.createDirectories(unit.slotHelper()).resolve("lock"),
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE);
                FileLock held = tryLock(lock)) {
            if (held == null) {
                lines.refused(
                        new Refusal(LauncherCode.SLOT_HELPER_BUSY, unit.slots().toString()));
                return ExitCode.SLOT_REFUSED;
            }
            return answer();
        } catch (IOException e) {
            lines.refused(new Refusal(LauncherCode.SLOT_UNWRITABLE, e.toString()));
            return ExitCode.SLOT_REFUSED;
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private ExitCode answer() throws IOException {
        SlotRoom.clear(unit.slotHelper().resolve("new"));
        SlotRoom.clear(unit.slotHelper().resolve("old"));
        GuestFiles guest = new GuestFiles(unit.directory());
        String id = "";
        try {
            SlotRequest request = request(guest);
            id = request.id();
            String slot = bring(request.generation(), guest);
            lines.say("slot " + slot + " of generation " + request.generation() + " is there");
            DurableFile.write(
                    unit.slotAnswerFile(), SlotAnswer.installed(id, slot).bytes());
            return ExitCode.OK;
        } catch (TrustException e) {
            return refuse(id, e.refusal());
        } catch (RuntimeException e) { // the boundary: who asks gets an answer
            return refuse(id, new Refusal(LauncherCode.SLOT_UNWRITABLE, e.toString()));
        }
    }

    private ExitCode refuse(String id, Refusal refusal) throws IOException {
        lines.refused(refusal);
        // The disk may be full, and the answer wants room, too.
        SlotRoom.clear(unit.slotHelper().resolve("new"));
        DurableFile.write(unit.slotAnswerFile(), SlotAnswer.refused(id, refusal).bytes());
        return ExitCode.SLOT_REFUSED;
    }

    private static SlotRequest request(GuestFiles guest) throws TrustException {
        try {
            return SlotRequest.parse(guest.read(List.of("run"), "slot-request.json", SlotRequest.MAX_BYTES));
        } catch (IOException | MalformedJson e) {
            throw new TrustException(LauncherCode.SLOT_REQUEST_UNREADABLE, e.toString(), e);
        }
    }

    private String bring(int generation, GuestFiles guest) throws TrustException {
        OwnSlot ours = own.orElseThrow(
                () -> new TrustException(LauncherCode.OTHER_SLOT, "the helper runs from no slot of the unit"));
        SlotRights rights = new SlotRights(unit);
        try {
            rights.demandAbove();
            rights.demand(ours.id());
            Evidence.Examined examined = Anchors.of(unit).examine(evidence(generation, guest));
            Vouching.Vouched vouched = examined.vouched();
            demandModel(vouched.assignment());
            new SlotApproval(unit, guest, clock).demand(generation, vouched.assignment());
            SlotMemory memory = new SlotMemory(unit);
            Standing seen = memory.read();
            Standing now = examined.standing();
            SlotFloors.demand(seen, now, vouched.releases());
            SlotFiles files = files(vouched.assignment());
            SlotRoom room = SlotRoom.of(unit, guest, ours.id());
            Path folder = unit.slot(files.id());
            boolean there = Files.exists(folder);
            Optional<String> difference =
                    there ? files.difference(folder).or(() -> rights.difference(files.id())) : Optional.empty();
            if (there && difference.isEmpty()) {
                remember(memory, seen, now);
                // It is there since another request, so that another launcher can be at work when this one is retired.
                SlotFloors.retire(room.slots(), examined.withdrawn());
                return files.id();
            }
            List<Assigned> items = vouched.assignment().items().stream()
                    .filter(item -> item.kind() != Kind.BUNDLE)
                    .toList();
            room.make(files, items);
            // Before the slot is there: what a power cut leaves must not be less than what was seen.
            remember(memory, seen, now);
            Instant then = latest(clock.instant(), vouched.assignment().issued());
            NewSlot slot = new NewSlot(unit, guest, room, then);
            slot.make(files, items, Slot.read(unit.slot(ours.id())));
            rights.demand(files.id());
            difference.ifPresent(what -> lines.say("slot " + files.id() + " is whole again; it differed in " + what));
            return files.id();
        } catch (TrustException e) {
            throw e;
        } catch (IOException | MalformedJson | IllegalArgumentException e) {
            throw new TrustException(LauncherCode.SLOT_UNWRITABLE, e.toString(), e);
        }
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isBefore(other) ? other : one;
    }

    private static void remember(SlotMemory memory, Standing seen, Standing now) throws IOException {
        if (!seen.and(now).equals(seen)) {
            memory.write(seen.and(now));
        }
    }

    private static Evidence evidence(int generation, GuestFiles guest) throws TrustException {
        String number = Integer.toString(generation);
        try {
            return Evidence.of(
                    guest.readAll(List.of("generations", number, "evidence", "release")),
                    guest.readAll(List.of("generations", number, "evidence", "director")));
        } catch (TrustException e) {
            throw e;
        } catch (IOException e) {
            throw new TrustException(GenerationCode.EVIDENCE_UNREADABLE, "generation " + number + ": " + e, e);
        }
    }

    private void demandModel(Assignment assignment) throws IOException, MalformedJson {
        byte[] nameplate = DurableFile.read(unit.nameplate(), MAX_NAMEPLATE_BYTES)
                .orElseThrow(() -> new TrustException(GenerationCode.NO_NAMEPLATE, unit.nameplate() + " is missing"));
        if (!assignment.model().equals(Nameplate.parse(nameplate).model())) {
            throw new TrustException(GenerationCode.MODEL_DIFFERS, "made for model " + assignment.model());
        }
    }

    private static SlotFiles files(Assignment assignment) throws TrustException {
        try {
            return SlotFiles.of(assignment);
        } catch (IllegalArgumentException e) {
            throw new TrustException(GenerationCode.EVIDENCE_DIFFERS, "the evidence orders no slot", e);
        }
    }
}
