package io.sekimori.trust;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The floors of the unit that an update is for, and who may let it go below them.
 *
 * @param floors the least counter accepted, by symbolic name
 * @param now    the time that the update is judged by
 */
record UnitFloors(UnitFacts unit, Map<String, Long> floors, Instant now) {

    /** The permits for what is below a floor; nobody is asked for any as long as nothing is. */
    Optional<FloorPermits.Used> permits(
            List<Release> agreed, ReleaseCatalog catalog, ReleaseClient client, TrustedMetadata trusted)
            throws IOException {
        List<Release> below = below(agreed, catalog);
        if (below.isEmpty()) {
            return Optional.empty();
        }
        Optional<byte[]> file = client.permits();
        if (file.isEmpty()) {
            Release first = below.get(0);
            throw new TrustException(
                    TrustCode.BELOW_FLOOR,
                    first.path() + " has counter " + first.counter() + ", the floor is "
                            + Agreement.floor(first, catalog, floors));
        }
        FloorPermits known = FloorPermits.read(file.get(), trusted.releaseRoot());
        Set<Permit> used = new HashSet<>();
        for (Release release : below) {
            used.add(known.demand(Permit.Item.of(release), unit, now));
        }
        return Optional.of(new FloorPermits.Used(new String(file.get(), StandardCharsets.UTF_8), used));
    }

    /** What needs a permit. */
    List<Release> below(List<Release> agreed, ReleaseCatalog catalog) {
        return Agreement.belowFloor(agreed, catalog, floors);
    }
}
