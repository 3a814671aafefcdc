package io.sekimori.trust;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What director and release repository must agree on before anything is installed (Uptane 5.4.4.2). */
final class Agreement {

    private Agreement() {}

    /** The releases of the assignment, in its order, each exactly as the director names it. */
    static List<Release> releases(Assignment assignment, ReleaseCatalog catalog) throws TrustException {
        List<Release> releases = new ArrayList<>();
        for (Assigned item : assignment.items()) {
            Release release = catalog.find(item.path())
                    .orElseThrow(() -> new TrustException(
                            TrustCode.RELEASE_UNKNOWN, item.path() + " is not in the release repository"));
            Assigned released = Assigned.of(release, item.startLevel());
            // As written: the platform links a record's equals when it is first used, and each start would wait for
            // that.
            if (!AssignmentJson.write(item).equals(AssignmentJson.write(released))) {
                throw new TrustException(
                        TrustCode.RELEASE_DISAGREES, "director: " + item + ", release repository: " + released);
            }
            if (!release.suits(assignment.model())) {
                throw new TrustException(
                        TrustCode.RELEASE_OTHER_MODEL,
                        item.path() + " is made for " + release.models() + ", not for " + assignment.model());
            }
            releases.add(release);
        }
        return List.copyOf(releases);
    }

    /** What undercuts one of the unit's own floors or of those that the publisher sets now. */
    static List<Release> belowFloor(List<Release> releases, ReleaseCatalog catalog, Map<String, Long> unitFloors) {
        return releases.stream()
                .filter(release -> release.counter() < floor(release, catalog, unitFloors))
                .toList();
    }

    static long floor(Release release, ReleaseCatalog catalog, Map<String, Long> unitFloors) {
        return Math.max(catalog.floor(release.symbolicName()), unitFloors.getOrDefault(release.symbolicName(), 0L));
    }
}
