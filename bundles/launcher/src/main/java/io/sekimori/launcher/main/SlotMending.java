package io.sekimori.launcher.main;

import io.sekimori.trust.DurableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
        Set<Path> names = new HashSet<>(Set.of(Path.of(SlotFloors.RETIRED)));
        for (Path right : below(whole)) {
            Path name = whole.relativize(right);
            Path here = slot.resolve(name);
            names.add(name);
            if (Files.isDirectory(right)) {
                folder(here);
            } else if (!isSame(right, here)) {
                replace(right, here);
            }
        }
        removeOthers(names);
        for (Path here : below(slot)) {
            if (Files.isDirectory(here, LinkOption.NOFOLLOW_LINKS)) {
                DurableFile.syncDirectory(here);
            }
        }
    }

    /** Parents first. */
    private static List<Path> below(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.toList();
        }
    }

    private static void folder(Path here) throws IOException {
        if (!Files.isDirectory(here, LinkOption.NOFOLLOW_LINKS)) {
            SlotRoom.clear(here);
            NewSlot.folder(here);
        }
    }

    /** What cannot be read is not the same. */
    private static boolean isSame(Path right, Path here) {
        try {
            return Files.isRegularFile(here, LinkOption.NOFOLLOW_LINKS)
                    && Files.getPosixFilePermissions(here).equals(Files.getPosixFilePermissions(right))
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

    /** Archives of classes among them, which were made for other files: root makes them anew. */
    private void removeOthers(Set<Path> names) throws IOException {
        List<Path> others = below(slot).stream()
                .filter(here -> !names.contains(slot.relativize(here)))
                .sorted(Comparator.reverseOrder())
                .toList();
        for (Path here : others) {
            Files.delete(here);
        }
    }
}
