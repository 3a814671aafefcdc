package io.sekimori.releases.repository;

import io.sekimori.releases.Remedy;
import io.sekimori.trust.Kind;
import io.sekimori.trust.Release;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is released, by path, and the floors it sets together. Immutable. */
record Catalog(Map<String, Release> byPath, Map<String, Long> floors) {

    static Catalog of(List<Release> releases) {
        Map<String, Release> byPath = new HashMap<>();
        Map<String, Long> floors = new HashMap<>();
        for (Release release : releases) {
            byPath.put(release.path(), release);
            floors.merge(release.symbolicName(), release.floor(), Math::max);
        }
        return new Catalog(Map.copyOf(byPath), Map.copyOf(floors));
    }

    Optional<Release> find(Kind kind, String symbolicName, String version) {
        return Optional.ofNullable(byPath.get(Release.pathOf(kind, symbolicName, version)));
    }

    /** For callers of the api: by symbolic name, kind and counter. */
    static List<io.sekimori.releases.Release> sorted(List<Release> releases) {
        return releases.stream()
                .sorted(Comparator.comparing(Release::symbolicName)
                        .thenComparing(release -> release.kind().name())
                        .thenComparingLong(Release::counter))
                .map(Catalog::told)
                .toList();
    }

    private static io.sekimori.releases.Release told(Release release) {
        return new io.sekimori.releases.Release(
                release.symbolicName(),
                release.version(),
                io.sekimori.releases.Release.Kind.valueOf(release.kind().name()),
                release.counter(),
                release.floor(),
                release.swap().word(),
                release.length(),
                release.sha256(),
                release.models(),
                release.remedy().map(remedy -> new Remedy(remedy.english(), remedy.japanese())));
    }
}
