package io.sekimori.update.engine;

import io.sekimori.generation.Confirmed;
import io.sekimori.trust.Release;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The least release counters that a gateway accepts: they only rise, and only with a commit. Pure. */
final class Floors {

    private Floors() {}

    /** The floors once these releases are confirmed. A bundle that went keeps its floor: it may come back. */
    static Map<String, Long> after(Confirmed confirmed, List<Release> releases) {
        Map<String, Long> floors = new TreeMap<>(confirmed.floors());
        for (Release release : releases) {
            if (release.floor() > 0) {
                floors.merge(release.symbolicName(), release.floor(), Math::max);
            }
        }
        return floors;
    }

    /**
     * Whether a fallback of these releases may stay: not if the next generation's publisher wants something of it never
     * to start again, which is not left to how long the next one has run.
     */
    static boolean keepFallback(List<Release> fallback, List<Release> next) {
        return fallback.stream()
                .noneMatch(old -> next.stream()
                        .anyMatch(release -> release.symbolicName().equals(old.symbolicName())
                                && old.counter() < release.hardFloor()));
    }
}
