package io.sekimori.trust;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells an assignment that floors rose above after it was signed from one that somebody made below them: the one waited somewhere
 * on its way, the other only an attacker makes. Both are refused. What speaks for the director may date what it signs as it likes,
 * so a date is believed only within what it cannot choose: after what this unit accepted last, and before the date that offline
 * keys gave the floor. In doubt it is the attack. Confined to one thread.
 */
record Overtaken(DirectorClient.Directed directed, TargetSearch search) {

    /**
     * The refusal, by the code that is right for it.
     *
     * @param below what is below a floor
     * @param unitFloors which this unit has confirmed, so that nobody assigns below them by mistake
     */
    TrustException told(TrustException refused, List<Release> below, Map<String, Long> unitFloors) throws IOException {
        if (refused.refusal().code() != TrustCode.BELOW_FLOOR
                || directed.assignment().issued().isBefore(directed.after())) {
            return refused;
        }
        for (Release release : below) {
            Optional<Instant> since = ReleaseCatalog.belowSince(release, search);
            if (release.counter() < unitFloors.getOrDefault(release.symbolicName(), 0L)
                    || since.isEmpty()
                    || !directed.assignment().issued().isBefore(since.get())) {
                return refused;
            }
        }
        return new TrustException(
                TrustCode.FLOOR_RISEN,
                refused.refusal().detail() + "; it was assigned at "
                        + TufTime.format(directed.assignment().issued()) + ", before that was said");
    }
}
