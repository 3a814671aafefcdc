package io.sekimori.launcher.main;

import io.sekimori.generation.SlotFiles;
import io.sekimori.generation.Unit;
import io.sekimori.trust.Assigned;
import io.sekimori.trust.DurableFile;
import io.sekimori.trust.Refusal;
import io.sekimori.trust.Sha256;
import io.sekimori.trust.TrustException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Room for one more slot: so many and no more, and as many bytes as the disk can spare. A slot that a generation on the
 * disk names is never removed, nor the one whose launcher is at work, nor one that the new slot takes from what is nowhere else.
 *
 * @param freeBytes what the disk can spare now
 */
record SlotRoom(Unit unit, GuestFiles guest, String own, LongSupplier freeBytes) {

    private static final int SLOT_LINE_BYTES = 128;
    private static final List<String> STORE = List.of("store", "sha256");

    static SlotRoom of(Unit unit, GuestFiles guest, String own) {
        return new SlotRoom(unit, guest, own, unit.slots().toFile()::getUsableSpace);
    }

    /**
     * Makes it: removes slots, the oldest first, only as far as that is needed, and none if all that may go would not be
     * enough.
     */
    void make(SlotFiles files, List<Assigned> items) throws IOException {
        SlotNeed need = new SlotNeed(unit, items);
        List<Path> staying = others(files);
        List<Path> leaving = leaving(files);
        demandHope(need, staying, leaving);
        for (Path slot : leaving) {
            if (need.shortage(staying, freeBytes.getAsLong()).isEmpty()) {
                return;
            }
            remove(slot);
            staying.remove(slot);
        }
        demand(need.shortage(staying, freeBytes.getAsLong()));
    }

    /** Refuses what takes more bytes than the disk can spare. */
    void demand(long bytes) throws TrustException {
        demand(new SlotNeed(unit, List.of()).shortage(bytes, freeBytes.getAsLong()));
    }

    /** One that is there already is damaged: it is put right in its place, and takes no other; nor is it a source. */
    private List<Path> others(SlotFiles files) throws IOException {
        List<Path> others = new ArrayList<>(slots());
        others.remove(unit.slot(files.id()));
        return others;
    }

    /** Those that may go: the oldest first, but one whose Java runtime the new slot would share after all others. */
    private List<Path> leaving(SlotFiles files) throws IOException {
        Set<String> wanted = new HashSet<>(files.digests().values());
        files.java().ifPresent(wanted::add);
        Set<String> needed = needed();
        List<Path> staying = others(files);
        List<Path> order = staying.stream()
                .sorted(Comparator.comparing(
                        slot -> SlotNeed.java(slot).filter(wanted::contains).isPresent()))
                .toList();
        List<Path> leaving = new ArrayList<>();
        for (Path slot : order) {
            List<Path> others =
                    staying.stream().filter(each -> !each.equals(slot)).toList();
            if (!needed.contains(slot.getFileName().toString()) && !isSource(slot, others, wanted)) {
                leaving.add(slot);
                staying.remove(slot);
            }
        }
        return leaving;
    }

    /** What slots share counts for each of them, so this refuses only what cannot be. */
    private void demandHope(SlotNeed need, List<Path> slots, List<Path> leaving) throws IOException {
        List<Path> staying = new ArrayList<>(slots);
        long free = freeBytes.getAsLong();
        Optional<Refusal> shortage = need.shortage(staying, free);
        for (Path slot : leaving) {
            if (shortage.isEmpty()) {
                return;
            }
            staying.remove(slot);
            long taken = SlotNeed.taken(slot);
            free = Math.min(free, Long.MAX_VALUE - taken) + taken;
            shortage = need.shortage(staying, free);
        }
        demand(shortage);
    }

    private static void demand(Optional<Refusal> shortage) throws TrustException {
        if (shortage.isPresent()) {
            throw new TrustException(shortage.get().code(), shortage.get().detail());
        }
    }

    /** The gateway brings into its store what no slot has, so one may be the last to have something. */
    private boolean isSource(Path slot, List<Path> others, Set<String> wanted) throws IOException {
        Set<String> only = digests(slot);
        only.retainAll(wanted);
        others.forEach(other -> only.removeAll(digests(other)));
        for (String sha256 : only) {
            if (!guest.has(STORE, sha256)) {
                return true;
            }
        }
        return false;
    }

    private static Set<String> digests(Path slot) {
        Set<String> digests = new HashSet<>();
        SlotNeed.files(slot).ifPresent(files -> {
            digests.addAll(files.digests().values());
            files.java().ifPresent(digests::add);
        });
        return digests;
    }

    private void remove(Path slot) throws IOException {
        // Renamed first: half of a slot must not look like one.
        Path leaving = unit.slotHelper().resolve("old");
        clear(leaving);
        DurableFile.moveInto(slot, leaving);
        clear(leaving);
    }

    /** The slots that are there, oldest first. */
    List<Path> slots() throws IOException {
        try (Stream<Path> entries = Files.list(unit.slots())) {
            return entries.filter(entry -> Sha256.isHex(entry.getFileName().toString()))
                    .sorted(Comparator.comparing(entry -> entry.toFile().lastModified()))
                    .toList();
        }
    }

    /** Removes what an interrupted run left. */
    static void clear(Path folder) throws IOException {
        if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            Scratch.remove(folder);
        }
    }

    private Set<String> needed() throws IOException {
        Set<String> needed = new HashSet<>(Set.of(own));
        for (String number : guest.names(List.of("generations"))) {
            if (number.matches("[1-9][0-9]{0,8}")) {
                byte[] line = guest.read(List.of("generations", number), "slot", SLOT_LINE_BYTES);
                needed.add(new String(line, StandardCharsets.US_ASCII).strip());
            }
        }
        return needed;
    }
}
