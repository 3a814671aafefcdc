package io.sekimori.trust;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All releases of one targets file, and the floors they set together. Immutable. */
record ReleaseCatalog(Map<String, Release> byPath, Map<String, Long> floors) {

    /** Targets without {@code custom} are somebody else's files, not releases; a malformed release refuses. */
    static ReleaseCatalog of(TargetsMetadata metadata) throws TrustException {
        Map<String, Release> byPath = new TreeMap<>();
        Map<String, Long> floors = new HashMap<>();
        try {
            for (String path : metadata.targets().names()) {
                JsonObject target = metadata.targets().object(path);
                if (target.has("custom")) {
                    Release release = ReleaseJson.read(path, target);
                    byPath.put(path, release);
                    floors.merge(release.symbolicName(), release.floor(), Math::max);
                }
            }
        } catch (MalformedJson e) {
            throw Envelope.malformed(metadata.envelope().name, e);
        }
        return new ReleaseCatalog(byPath, Map.copyOf(floors));
    }

    Optional<Release> find(String path) {
        return Optional.ofNullable(byPath.get(path));
    }

    /** The highest floor that any release of that symbolic name sets; 0 if none. */
    long floor(String symbolicName) {
        return floors.getOrDefault(symbolicName, 0L);
    }
}
