package io.sekimori.generation;

import io.sekimori.trust.MalformedJson;
import io.sekimori.trust.TrustException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads a slot and compares its names with the evidence; hashing its files is another's. */
record SlotReader(Unit unit) {

    Slot read(String id, SlotFiles vouched) throws TrustException {
        Path folder = unit.slot(id);
        try {
            Slot slot = Slot.read(folder);
            // A jar too many would be on the class path and vouched for by nobody.
            if (!slot.files().equals(vouched)
                    || !names(folder.resolve("lib")).equals(vouched.digests().keySet())) {
                throw new TrustException(
                        GenerationCode.SLOT_DIFFERS, "slot " + id + " has other files than the evidence says");
            }
            return slot;
        } catch (MalformedJson e) {
            throw new TrustException(GenerationCode.SLOT_DIFFERS, "slot " + id + ": " + e.getMessage(), e);
        } catch (TrustException e) {
            throw e;
        } catch (IOException | UncheckedIOException e) {
            throw new TrustException(GenerationCode.SLOT_MISSING, "slot " + id + ": " + e, e);
        }
    }

    private static Set<String> names(Path lib) throws IOException {
        try (Stream<Path> files = Files.list(lib)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        }
    }
}
