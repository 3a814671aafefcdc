package io.sekimori.launcher.main;

import io.sekimori.generation.Slot;
import io.sekimori.trust.DurableFile;
import io.sekimori.trust.Kind;
import io.sekimori.trust.MalformedJson;
import io.sekimori.trust.Release;
import io.sekimori.trust.Standing;
import io.sekimori.trust.TrustCode;
import io.sekimori.trust.TrustException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What root remembers of floors, applied to slots. Unlike the floors of the unit they rise when a slot is brought in, since root
 * does not learn from anybody it believes that a generation was committed.
 */
final class SlotFloors {

    /** A slot with a file of that name is started like any other, but root runs nothing of it any more. */
    static final String RETIRED = "retired";

    private SlotFloors() {}

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

    /** Marks the slots with a file that its publisher has withdrawn. */
    static void retire(List<Path> slots, Set<String> withdrawn) throws IOException {
        for (Path slot : slots) {
            Path mark = slot.resolve(RETIRED);
            if (!Files.exists(mark) && has(slot, withdrawn)) {
                DurableFile.write(mark, new byte[0]);
            }
        }
    }

    private static boolean has(Path slot, Set<String> withdrawn) {
        try {
            return Slot.read(slot).files().digests().values().stream().anyMatch(withdrawn::contains);
        } catch (IOException | MalformedJson e) {
            return false; // nothing of a damaged slot is run
        }
    }
}
