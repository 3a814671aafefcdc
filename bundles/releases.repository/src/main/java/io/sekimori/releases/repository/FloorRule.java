package io.sekimori.releases.repository;

import io.sekimori.trust.Assigned;
import io.sekimori.trust.FloorPermits;
import io.sekimori.trust.Kind;
import io.sekimori.trust.OnlineReleases;
import io.sekimori.trust.Permit;
import io.sekimori.trust.Refusal;
import io.sekimori.trust.Release;
import io.sekimori.trust.TrustCode;
import io.sekimori.trust.UnitFacts;
import java.io.IOException;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the newest releases say may not be assigned any more, unless people permit it: what is below its floor. Immutable.
 *
 * @param below the paths of all that is
 */
record FloorRule(Catalog catalog, Set<String> below, FloorPermits permits) {

    /** By what is published now. */
    static FloorRule of(OnlineReleases releases) throws IOException {
        Catalog catalog = Catalog.of(releases.facts().releases());
        Map<String, Long> floors = catalog.floors();
        Set<String> below = catalog.byPath().values().stream()
                .filter(release -> release.counter() < floors.get(release.symbolicName()))
                .map(Release::path)
                .collect(Collectors.toUnmodifiableSet());
        return new FloorRule(catalog, below, releases.permits());
    }

    /** Whether any of them is below a floor, be it permitted or not: that changes with what is published, not with time. */
    boolean concerns(Collection<Assigned> items) {
        return items.stream().anyMatch(item -> below.contains(item.path()));
    }

    /** Whether the unit would refuse it at {@code now} for being below a floor. */
    boolean holdsBack(Collection<Assigned> items, UnitFacts unit, Instant now) {
        return refusal(items, unit, now).isPresent();
    }

    /** Refuses what the unit would refuse at {@code now} for being below a floor. */
    void demand(Collection<Assigned> items, UnitFacts unit, Instant now) throws RefusedException {
        Optional<String> refusal = refusal(items, unit, now);
        if (refusal.isPresent()) {
            throw new RefusedException(TrustCode.BELOW_FLOOR.name(), refusal.get());
        }
    }

    private Optional<String> refusal(Collection<Assigned> items, UnitFacts unit, Instant now) {
        for (Assigned item : items) {
            if (below.contains(item.path())) {
                Optional<String> why = unpermitted(item, unit, now);
                if (why.isPresent()) {
                    return Optional.of(item.path() + " has counter " + item.counter() + ", the floor is "
                            + catalog.floors().get(item.symbolicName()) + why.get());
                }
            }
        }
        return Optional.empty();
    }

    /** Why no permit helps, as the rest of a sentence; empty if one does. */
    private Optional<String> unpermitted(Assigned item, UnitFacts unit, Instant now) {
        if (item.kind() != Kind.BUNDLE) {
            return Optional.of(""); // what a permit allows holds for bundles
        }
        Optional<Refusal> refusal =
                permits.refusal(Permit.Item.of(catalog.byPath().get(item.path())), unit, now);
        return refusal.map(why -> why.code() == TrustCode.BELOW_FLOOR ? "" : "; " + why);
    }
}
