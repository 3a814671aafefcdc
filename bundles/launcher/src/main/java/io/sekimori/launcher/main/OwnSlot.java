package io.sekimori.launcher.main;

import io.sekimori.generation.Slot;
import io.sekimori.generation.SlotFiles;
import io.sekimori.generation.Unit;
import io.sekimori.trust.MalformedJson;
import io.sekimori.trust.Sha256;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The slot this process runs from, as its class path shows.
 *
 * @param id the slot
 * @param names the files of the class path, all of them in the slot's {@code lib}
 */
record OwnSlot(String id, Set<String> names) {

    /** Empty if the class path is not made of the files of one slot of the unit. */
    static Optional<OwnSlot> find(Unit unit, String classPath) {
        Set<String> names = new TreeSet<>();
        Set<Path> folders = new TreeSet<>();
        try {
            for (String entry : classPath.split(Pattern.quote(File.pathSeparator))) {
                Path file = Path.of(entry).toRealPath();
                names.add(file.getFileName().toString());
                folders.add(file.getParent());
            }
            if (folders.size() != 1) {
                return Optional.empty();
            }
            Path folder = folders.iterator().next();
            String id = folder.getParent().getFileName().toString();
            boolean ours = Sha256.isHex(id)
                    && unit.slot(id).resolve("lib").toRealPath().equals(folder);
            return ours ? Optional.of(new OwnSlot(id, names)) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // a class path that cannot be followed is nobody's
        }
    }

    /** Whether the files are those that the slot's name, their common hash, says; whose slot that is, is another matter. */
    boolean isIntact(Unit unit) {
        Path folder = unit.slot(id).resolve("lib");
        SortedMap<String, String> digests = new TreeMap<>();
        try {
            Slot slot = Slot.read(unit.slot(id));
            for (String name : names) {
                digests.put(name, Sha256.hex(folder.resolve(name)));
            }
            return new SlotFiles(digests, slot.files().java()).id().equals(id);
        } catch (IOException | MalformedJson | IllegalArgumentException e) {
            return false;
        }
    }

    /** Whether the class path is exactly the one of a generation with this slot. */
    boolean isThatOf(String generationSlot, Slot slot) {
        return id.equals(generationSlot) && names.equals(slot.files().digests().keySet());
    }
}
