package io.sekimori.launcher.main;

import io.sekimori.generation.Unit;
import io.sekimori.trust.DurableFile;
import io.sekimori.trust.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Slots that were started since a launcher last took over. The start script adds a slot before it starts it, so
 * that one whose launcher or Java runtime dies at once is not tried for ever; the launcher clears the list when it
 * hands over to a framework.
 *
 * <p>Confined to the main thread.
 */
final class SlotsTried {

    private static final int MAX_BYTES = 64 * 1024;

    private final Unit unit;
    private final Set<String> ids;

    private SlotsTried(Unit unit, Set<String> ids) {
        this.unit = unit;
        this.ids = ids;
    }

    /** A list that cannot be read is taken for empty, so that no gateway stays down for it; {@link #add} will tell. */
    static SlotsTried read(Unit unit) {
        Set<String> ids = new LinkedHashSet<>();
        try {
            DurableFile.read(unit.slotsTriedFile(), MAX_BYTES)
                    .ifPresent(text -> new String(text, StandardCharsets.US_ASCII)
                            .lines()
                            .filter(Sha256::isHex)
                            .forEach(ids::add));
        } catch (IOException e) {
            ids.clear();
        }
        return new SlotsTried(unit, ids);
    }

    boolean contains(String slot) {
        return ids.contains(slot);
    }

    void add(String slot) throws IOException {
        ids.add(slot);
        Files.createDirectories(unit.state());
        DurableFile.write(unit.slotsTriedFile(), (String.join("\n", ids) + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    void clear() throws IOException {
        DurableFile.delete(unit.slotsTriedFile());
    }
}
