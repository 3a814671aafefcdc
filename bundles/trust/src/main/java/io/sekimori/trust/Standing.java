package io.sekimori.trust;

import java.util.Map;
import java.util.TreeMap;

/**
 * How far evidence has come: what somebody who judges it without a clock remembers, so that older evidence is not taken
 * for newer. Immutable.
 *
 * @param releaseRoot  version of the newest root of the release repository
 * @param directorRoot version of the newest root of the director
 * @param floors       the least counter that publishers accept, by symbolic name; unmodifiable
 */
public record Standing(long releaseRoot, long directorRoot, Map<String, Long> floors) {

    /** Before anything was seen. */
    public static final Standing NONE = new Standing(0, 0, Map.of());

    /** @throws IllegalArgumentException if a number is negative */
    public Standing {
        floors = Map.copyOf(floors);
        if (releaseRoot < 0 || directorRoot < 0 || floors.values().stream().anyMatch(floor -> floor < 0)) {
            throw new IllegalArgumentException("versions and floors are 0 or greater");
        }
    }

    /** The further of both, in each part. */
    public Standing and(Standing other) {
        Map<String, Long> both = new TreeMap<>(floors);
        other.floors.forEach((name, floor) -> both.merge(name, floor, Math::max));
        return new Standing(Math.max(releaseRoot, other.releaseRoot), Math.max(directorRoot, other.directorRoot), both);
    }

    /** Whether no root of it is older than one of {@code seen}: keys that were replaced sign nothing any more. */
    public boolean rootsReach(Standing seen) {
        return releaseRoot >= seen.releaseRoot && directorRoot >= seen.directorRoot;
    }
}
