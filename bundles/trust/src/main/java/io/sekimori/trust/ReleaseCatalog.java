package io.sekimori.trust;

import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Releases, and the floors that their publishers set together. Immutable. */
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

    /**
     * What the repository says of these paths. Where nothing is delegated that is all there is; else the first word on
     * each path, and the floors of everybody who may speak of it, so that an old release above cannot hide what those
     * below withdrew.
     */
    static ReleaseCatalog of(Collection<String> paths, TargetSearch search) throws IOException {
        if (!search.delegates()) {
            return of(search.top());
        }
        Map<String, Release> byPath = new TreeMap<>();
        Map<String, Long> floors = new HashMap<>();
        for (String path : paths) {
            Optional<Release> release = first(path, search);
            if (release.isPresent()) {
                byPath.put(path, release.get());
                for (TargetsMetadata role : search.asked(path)) {
                    floors.merge(
                            release.get().symbolicName(),
                            floor(role, release.get().symbolicName(), search),
                            Math::max);
                }
            }
        }
        return new ReleaseCatalog(byPath, Map.copyOf(floors));
    }

    /** All that can be found from the top: every role's releases, but for those that somebody before it answers for. */
    static ReleaseCatalog all(TargetSearch search) throws IOException {
        Map<String, Release> byPath = new TreeMap<>();
        Map<String, Long> floors = new HashMap<>();
        for (TargetsMetadata role : search.reachable()) {
            for (String path : role.targets().names()) {
                Optional<Release> release = first(path, search);
                if (release.isPresent()) {
                    byPath.put(path, release.get());
                    floors.merge(release.get().symbolicName(), release.get().floor(), Math::max);
                }
            }
        }
        return new ReleaseCatalog(byPath, Map.copyOf(floors));
    }

    private static Optional<Release> first(String path, TargetSearch search) throws IOException {
        Optional<TargetSearch.Found> found = search.first(path);
        return found.isPresent() && found.get().target().has("custom")
                ? Optional.of(ReleaseJson.read(path, found.get().target()))
                : Optional.empty();
    }

    // Only what the role may say counts: of a path that it was not handed, or that another answers for, it says
    // nothing.
    private static long floor(TargetsMetadata role, String symbolicName, TargetSearch search) throws IOException {
        long floor = 0;
        for (String path : role.targets().names()) {
            if (isOf(path, symbolicName)) {
                Optional<TargetSearch.Found> found = search.first(path);
                if (found.isPresent()
                        && found.get().role() == role
                        && found.get().target().has("custom")) {
                    floor = Math.max(
                            floor, ReleaseJson.read(path, found.get().target()).floor());
                }
            }
        }
        return floor;
    }

    private static boolean isOf(String path, String symbolicName) {
        return path.startsWith(symbolicName + "/")
                || path.startsWith("slot/" + symbolicName + "/")
                || path.startsWith("java/" + symbolicName + "/");
    }

    Optional<Release> find(String path) {
        return Optional.ofNullable(byPath.get(path));
    }

    /** The highest floor that any release of that symbolic name sets; 0 if none. */
    long floor(String symbolicName) {
        return floors.getOrDefault(symbolicName, 0L);
    }
}
