package io.sekimori.launcher.main;

import io.sekimori.trust.DurableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Puts right what is not as it was signed in a slot that is there, from a whole one beside it. One file after the other takes
 * its place by a rename: at any time each of them is as it was or as it was signed, so that a slot at work is never away, and
 * what was cut off is gone on with when the slot is asked for again. Confined to one thread.
 *
 * @param whole one of verified content, on the disk; what is taken from it is gone there
 * @param slot the one that is damaged
 */
record SlotMending(Path whole, Path slot) {

    /** When that is done everything is on the disk. */
    void run() throws IOException {
        List<Path> all = below(whole);
        // First of all: while others may write in a folder what is put right in it is not theirs to leave alone.
        for (Path right : all) {
            if (Files.isDirectory(right)) {
                folder(slot.resolve(whole.relativize(right)));
            }
        }
        removeOthers(all.stream().map(whole::relativize).collect(Collectors.toSet()));
        for (Path right : all) {
            Path here = slot.resolve(whole.relativize(right));
            if (!Files.isDirectory(right) && !isSame(right, here)) {
                replace(right, here);
            }
        }
        for (Path here : below(slot)) {
            if (Files.isDirectory(here, LinkOption.NOFOLLOW_LINKS)) {
                DurableFile.syncDirectory(here);
            }
        }
    }

    /** Archives of classes among them, which may be of what was damaged and are believed unread: root makes them anew. */
    private void removeOthers(Set<Path> names) throws IOException {
        List<Path> others = below(slot).stream()
                .filter(here ->
                        !names.contains(slot.relativize(here)) && !here.equals(slot.resolve(SlotFloors.RETIRED)))
                .sorted(Comparator.reverseOrder())
                .toList();
        for (Path here : others) {
            Files.delete(here);
        }
    }

    /** Parents first. */
    private static List<Path> below(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.toList();
        }
    }

    /** What belongs to another and cannot be changed stays: whoever asked is told. */
    private static void folder(Path here) throws IOException {
        if (!Files.isDirectory(here, LinkOption.NOFOLLOW_LINKS)) {
            SlotRoom.clear(here);
            Files.createDirectory(here);
        }
        NewSlot.forAll(here);
    }

    /** What cannot be read is not the same. */
    private static boolean isSame(Path right, Path here) {
        try {
            return Files.isRegularFile(here, LinkOption.NOFOLLOW_LINKS)
                    && Files.getPosixFilePermissions(here).equals(Files.getPosixFilePermissions(right))
                    && Files.getOwner(here).equals(Files.getOwner(right))
                    && Files.mismatch(right, here) < 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static void replace(Path right, Path here) throws IOException {
        if (Files.isDirectory(here, LinkOption.NOFOLLOW_LINKS)) {
            SlotRoom.clear(here);
        }
        Files.move(right, here, StandardCopyOption.ATOMIC_MOVE);
    }
}
