package io.sekimori.launcher.main;

import io.sekimori.generation.Unit;
import io.sekimori.trust.DurableFile;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.JsonText;
import io.sekimori.trust.Kind;
import io.sekimori.trust.MalformedJson;
import io.sekimori.trust.Release;
import io.sekimori.trust.Standing;
import io.sekimori.trust.TrustCode;
import io.sekimori.trust.TrustException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What was signed as the least when slots were brought in before, in a file of root's: the runtime's user cannot have an old
 * launcher brought in by old evidence. Unlike the floors of the unit it rises when a slot is brought in, since root does not
 * learn from anybody it believes that a generation was committed.
 */
record SlotMemory(Path file) {

    private static final int MAX_BYTES = 1 << 20;

    static SlotMemory of(Unit unit) {
        return new SlotMemory(unit.slotHelper().resolve("standing.json"));
    }

    /** What was seen so far. A file that cannot be read refuses: to begin anew would be to forget. */
    Standing read() throws IOException {
        Optional<byte[]> bytes = DurableFile.read(file, MAX_BYTES);
        if (bytes.isEmpty()) {
            return Standing.NONE;
        }
        try {
            JsonObject json = JsonObject.parse(bytes.get(), MAX_BYTES);
            JsonObject listed = json.object("floors");
            Map<String, Long> floors = new TreeMap<>();
            for (String name : listed.names()) {
                floors.put(name, listed.number(name));
            }
            return new Standing(json.number("releaseRoot"), json.number("directorRoot"), floors);
        } catch (MalformedJson | IllegalArgumentException e) {
            throw new IOException(file + " is malformed", e);
        }
    }

    /** Refuses what is older than what was seen, or than its own publishers allow. */
    static void demand(Standing seen, Standing now, List<Release> releases) throws TrustException {
        if (!now.rootsReach(seen)) {
            throw new TrustException(
                    LauncherCode.SLOT_OLD_ROOT,
                    "roots " + now.releaseRoot() + " and " + now.directorRoot() + ", seen were " + seen.releaseRoot()
                            + " and " + seen.directorRoot());
        }
        Map<String, Long> floors = seen.and(now).floors();
        for (Release release : releases) {
            long floor = floors.getOrDefault(release.symbolicName(), 0L);
            if (release.kind() != Kind.BUNDLE && release.counter() < floor) {
                throw new TrustException(
                        TrustCode.BELOW_FLOOR,
                        release.path() + " has counter " + release.counter() + ", the floor is " + floor);
            }
        }
    }

    /** Remembers; when it returns that is on the disk. */
    void write(Standing standing) throws IOException {
        DurableFile.write(
                file,
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
