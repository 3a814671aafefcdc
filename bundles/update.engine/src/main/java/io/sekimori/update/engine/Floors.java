package io.sekimori.update.engine;

import io.sekimori.generation.Confirmed;
import io.sekimori.trust.Release;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

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
     * The hard floors once these releases are confirmed: what was known, and what their publishers say now of anything that
     * was or is to be on the unit. Also of what goes: a fallback still has it.
     *
     * @param said by symbolic name, in the evidence of the next generation
     */
    static Map<String, Long> hardAfter(
            Confirmed confirmed, List<Release> fallback, List<Release> next, Map<String, Long> said) {
        Map<String, Long> floors = new TreeMap<>(confirmed.hardFloors());
        Stream.concat(fallback.stream(), next.stream())
                .map(Release::symbolicName)
                .filter(said::containsKey)
                .forEach(name -> floors.merge(name, said.get(name), Math::max));
        return floors;
    }

    /**
     * Whether a fallback of these releases may stay: not if a publisher wants something of it never to start again, which is
     * not left to how long the next generation has run. What the next one itself runs by permit below that is no reason.
     *
     * @param hard as {@link #hardAfter} answers
     */
    static boolean keepFallback(List<Release> fallback, List<Release> next, Map<String, Long> hard) {
        Map<String, Long> permitted = new TreeMap<>();
        next.forEach(release -> permitted.merge(release.symbolicName(), release.counter(), Math::min));
        return fallback.stream().noneMatch(old -> {
            long floor = hard.getOrDefault(old.symbolicName(), 0L);
            return old.counter() < Math.min(floor, permitted.getOrDefault(old.symbolicName(), floor));
        });
    }
}
