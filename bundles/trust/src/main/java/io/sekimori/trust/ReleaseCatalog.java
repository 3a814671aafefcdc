package io.sekimori.trust;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Releases, and the floors that their publishers set together, hard ones as well. Immutable. */
record ReleaseCatalog(Map<String, Release> byPath, Map<String, Long> floors, Map<String, Long> hardFloors) {

    static final ReleaseCatalog NONE = new ReleaseCatalog(Map.of(), Map.of(), Map.of());

    ReleaseCatalog {
        floors = Map.copyOf(floors);
        hardFloors = Map.copyOf(hardFloors);
    }

    /** Targets without {@code custom} are somebody else's files, not releases; a malformed release refuses. */
    static ReleaseCatalog of(TargetsMetadata metadata) throws TrustException {
        Map<String, Release> byPath = new TreeMap<>();
        Map<String, Long> floors = new HashMap<>();
        Map<String, Long> hardFloors = new HashMap<>();
        try {
            for (String path : metadata.targets().names()) {
                JsonObject target = metadata.targets().object(path);
                if (target.has("custom")) {
                    Release release = ReleaseJson.read(path, target);
                    byPath.put(path, release);
                    floors.merge(release.symbolicName(), release.floor(), Math::max);
                    hardFloors.merge(release.symbolicName(), release.hardFloor(), Math::max);
                }
            }
        } catch (MalformedJson e) {
            throw Envelope.malformed(metadata.envelope().name, e);
        }
        return new ReleaseCatalog(byPath, floors, hardFloors);
    }

    /**
     * What the repository says of these paths. Where nothing is delegated that is all there is; else the first word on
     * each path, and the floors of everybody who may speak of it, so that an old release above cannot hide what those
     * below withdrew. The hard floors of the top are there whatever the paths: what a unit has no more may be its fallback's.
     */
    static ReleaseCatalog of(Collection<String> paths, TargetSearch search) throws IOException {
        if (!search.delegates()) {
            return of(search.top());
        }
        Map<String, Release> byPath = new TreeMap<>();
        Map<String, Long> floors = new HashMap<>();
        Map<String, Long> hardFloors = new HashMap<>(of(search.top()).hardFloors());
        for (String path : paths) {
            Optional<Release> release = first(path, search);
            if (release.isPresent()) {
                byPath.put(path, release.get());
                String name = release.get().symbolicName();
                for (TargetsMetadata role : search.asked(path)) {
                    for (Release said : said(role, name, search)) {
                        floors.merge(name, said.floor(), Math::max);
                        hardFloors.merge(name, said.hardFloor(), Math::max);
                    }
                }
            }
        }
        return new ReleaseCatalog(byPath, floors, hardFloors);
    }

    /** All that can be found from the top: every role's releases, but for those that somebody before it answers for. */
    static ReleaseCatalog all(TargetSearch search) throws IOException {
        Map<String, Release> byPath = new TreeMap<>();
        Map<String, Long> floors = new HashMap<>();
        Map<String, Long> hardFloors = new HashMap<>();
        for (TargetsMetadata role : search.reachable()) {
            for (String path : role.targets().names()) {
                Optional<Release> release = first(path, search);
                if (release.isPresent()) {
                    byPath.put(path, release.get());
                    floors.merge(release.get().symbolicName(), release.get().floor(), Math::max);
                    hardFloors.merge(release.get().symbolicName(), release.get().hardFloor(), Math::max);
                }
            }
        }
        return new ReleaseCatalog(byPath, floors, hardFloors);
    }

    /**
     * Since when somebody who may speak of it has said that it is below its floor, by the date of the file that says so. That is
     * the file's newest date: one that is signed again says so of the floors in it, too.
     *
     * @return empty if nobody says so, or one who does has no date
     */
    static Optional<Instant> belowSince(Release release, TargetSearch search) throws IOException {
        List<Optional<Instant>> dates = new ArrayList<>();
        for (TargetsMetadata role : search.asked(release.path())) {
            if (said(role, release.symbolicName(), search).stream()
                    .anyMatch(said -> said.floor() > release.counter())) {
                dates.add(role.header().issued());
            }
        }
        return dates.stream().anyMatch(Optional::isEmpty)
                ? Optional.empty()
                : dates.stream().flatMap(Optional::stream).min(Comparator.naturalOrder());
    }

    private static Optional<Release> first(String path, TargetSearch search) throws IOException {
        Optional<TargetSearch.Found> found = search.first(path);
        return found.isPresent() && found.get().target().has("custom")
                ? Optional.of(ReleaseJson.read(path, found.get().target()))
                : Optional.empty();
    }

    // Only what the role may say counts: of a path that it was not handed, or that another answers for, it says
    // nothing.
    private static List<Release> said(TargetsMetadata role, String symbolicName, TargetSearch search)
            throws IOException {
        List<Release> said = new ArrayList<>();
        for (String path : role.targets().names()) {
            if (isOf(path, symbolicName)) {
                Optional<TargetSearch.Found> found = search.first(path);
                if (found.isPresent()
                        && found.get().role() == role
                        && found.get().target().has("custom")) {
                    said.add(ReleaseJson.read(path, found.get().target()));
                }
            }
        }
        return said;
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
