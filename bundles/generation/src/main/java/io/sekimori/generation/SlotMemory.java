package io.sekimori.generation;

import io.sekimori.trust.DurableFile;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.JsonText;
import io.sekimori.trust.MalformedJson;
import io.sekimori.trust.Standing;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What was signed as the least when slots were brought in before, in a file of root's that all can read: the runtime's user
 * cannot have an old launcher brought in by old evidence. One writer at a time.
 *
 * @param unit the unit
 */
public record SlotMemory(Unit unit) {

    private static final int MAX_BYTES = 1 << 20;

    /**
     * What was seen so far; {@link Standing#NONE} if nothing was.
     *
     * @throws IOException also for a file that is damaged: to begin anew would be to forget
     */
    public Standing read() throws IOException {
        Optional<byte[]> bytes = DurableFile.read(unit.slotStandingFile(), MAX_BYTES);
        if (bytes.isEmpty()) {
            return Standing.NONE;
        }
        try {
            JsonObject json = Format.require(bytes.get(), 1);
            JsonObject listed = json.object("floors");
            Map<String, Long> floors = new TreeMap<>();
            for (String name : listed.names()) {
                floors.put(name, listed.number(name));
            }
            return Format.checked(() -> new Standing(json.number("releaseRoot"), json.number("directorRoot"), floors));
        } catch (MalformedJson e) {
            throw new IOException(unit.slotStandingFile() + " is malformed", e);
        }
    }

    /** Remembers; when it returns that is on the disk. */
    public void write(Standing standing) throws IOException {
        DurableFile.write(
                unit.slotStandingFile(),
                JsonText.bytes(Map.of(
                        "format",
                        1L,
                        "releaseRoot",
                        standing.releaseRoot(),
                        "directorRoot",
                        standing.directorRoot(),
                        "floors",
                        new TreeMap<>(standing.floors()))));
    }
}
