package io.sekimori.launcher.main;

import io.sekimori.generation.Slot;
import io.sekimori.generation.SlotFiles;
import io.sekimori.generation.Unit;
import io.sekimori.trust.Assigned;
import io.sekimori.trust.MalformedJson;
import io.sekimori.trust.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What one more slot takes.
 *
 * @param items what is assigned of launcher, framework and Java runtime
 */
record SlotNeed(Unit unit, List<Assigned> items) {

    /** Of the confirmed generation, the fallback, one on trial, and one that an archive has brought. */
    static final int MOST_SLOTS = 4;

    private static final long RESERVE_BYTES = 32L << 20;

    /** What a file takes beside its bytes, at most. */
    static final long BLOCK_BYTES = 4096;

    /**
     * What is too little for it.
     *
     * @param staying the slots beside it
     * @param free bytes that the disk can spare when no other slot is there
     */
    Optional<Refusal> shortage(List<Path> staying, long free) {
        if (staying.size() >= MOST_SLOTS) {
            return Optional.of(
                    new Refusal(LauncherCode.SLOTS_FULL, staying.size() + " slots are there and none of them may go"));
        }
        return shortage(bytes(staying), free);
    }

    /** What is too little for so many bytes. */
    Optional<Refusal> shortage(long taken, long free) {
        long bytes = RESERVE_BYTES + taken;
        if (free >= bytes) {
            return Optional.empty();
        }
        return Optional.of(new Refusal(
                LauncherCode.SLOT_NO_SPACE,
                bytes + " bytes are needed and " + free + " are free in " + unit.slots()
                        + " without the slots that could go, " + (bytes - free) + " too few"));
    }

    /** An unpacked Java runtime that a slot has is shared, and takes nothing. */
    private long bytes(List<Path> slots) {
        Set<String> runtimes = new HashSet<>();
        slots.forEach(slot -> java(slot).ifPresent(runtimes::add));
        return items.stream()
                .filter(item -> !runtimes.contains(item.sha256()))
                .mapToLong(item -> SlotFiles.bytesToBring(item.kind(), item.length()))
                .sum();
    }

    /** The most bytes that are free when that slot is gone. */
    static long taken(Path slot) throws IOException {
        try (Stream<Path> files = Files.walk(slot)) {
            return files.mapToLong(file -> file.toFile().length() + BLOCK_BYTES).sum();
        }
    }

    /** The Java runtime that a slot has of its own. */
    static Optional<String> java(Path slot) {
        return files(slot).flatMap(SlotFiles::java);
    }

    /** What a slot is made of; empty if it is damaged, and then nothing is taken from it. */
    static Optional<SlotFiles> files(Path slot) {
        try {
            return Optional.of(Slot.read(slot).files());
        } catch (IOException | MalformedJson e) {
            return Optional.empty();
        }
    }
}
