package io.sekimori.launcher.main;

import io.sekimori.generation.Unit;
import io.sekimori.trust.DurableFile;
import io.sekimori.trust.Sha256;
import io.sekimori.trust.TrustException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Room for one more slot: so many and no more, and as many bytes as the disk can spare. A slot that a generation on the
 * disk names is never removed, nor the one whose launcher is at work.
 */
record SlotRoom(Unit unit, GuestFiles guest, String own) {

    /** Of the confirmed generation, the fallback, one on trial, and one that an archive has brought. */
    static final int MOST_SLOTS = 4;

    private static final long RESERVE_BYTES = 32L << 20;
    private static final int SLOT_LINE_BYTES = 128;

    /** Makes it, or refuses. */
    void make(long bytes) throws IOException {
        long free = unit.slots().toFile().getUsableSpace();
        if (free < bytes + RESERVE_BYTES) {
            throw new TrustException(
                    LauncherCode.SLOT_NO_SPACE,
                    (bytes + RESERVE_BYTES) + " bytes are needed and " + free + " are free");
        }
        List<Path> slots = slots();
        Set<String> needed = needed();
        for (Path slot : slots) {
            if (slots().size() < MOST_SLOTS) {
                break;
            }
            if (!needed.contains(slot.getFileName().toString())) {
                // Renamed first: half of a slot must not look like one.
                Path leaving = unit.slotHelper().resolve("old");
                clear(leaving);
                DurableFile.moveInto(slot, leaving);
                clear(leaving);
            }
        }
        if (slots().size() >= MOST_SLOTS) {
            throw new TrustException(
                    LauncherCode.SLOTS_FULL, slots().size() + " slots are there and generations name them all");
        }
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
