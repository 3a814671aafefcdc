package io.sekimori.launcher.main;

import io.sekimori.generation.GenerationCode;
import io.sekimori.trust.DurableFile;
import io.sekimori.trust.TrustException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.UserPrincipal;
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

    /** @throws TrustException {@link GenerationCode#SLOT_WRITABLE} if a folder is somebody else's, before anything is changed in it */
    void run() throws IOException {
        if (Files.isDirectory(slot, LinkOption.NOFOLLOW_LINKS)) {
            close(slot, Files.getOwner(slot.getParent(), LinkOption.NOFOLLOW_LINKS));
        }
        List<Path> all = below(whole);
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

    /**
     * First of all, from the top: what is found in a folder after others cannot write there stays what it was found to be. In one
     * of somebody else's that never holds, and root, led elsewhere by a link, would change and delete there.
     */
    private static void close(Path folder, UserPrincipal owner) throws IOException {
        UserPrincipal other = Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS);
        if (!other.equals(owner)) {
            throw new TrustException(GenerationCode.SLOT_WRITABLE, folder + " is of user " + other.getName());
        }
        NewSlot.forAll(folder);
        try (DirectoryStream<Path> in = Files.newDirectoryStream(folder)) {
            for (Path each : in) {
                if (Files.isDirectory(each, LinkOption.NOFOLLOW_LINKS)) {
                    close(each, owner);
                }
            }
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
