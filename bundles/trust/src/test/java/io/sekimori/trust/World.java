package io.sekimori.trust;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A publisher, a director and one gateway, made with the real tools in one directory. */
final class World {

    static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    static final String DEVICE = "d".repeat(64);
    static final String MODEL = "sg-1";
    static final UnitFacts UNIT = new UnitFacts(DEVICE, MODEL);
    static final String ALPHA = "org.example.alpha";
    static final String BETA = "org.example.beta";

    final TestKey rootKey = new TestKey();
    final TestKey timestampKey = new TestKey();
    final TestKey snapshotKey = new TestKey();
    final TestKey targetsKey = new TestKey();
    final TestKey directorRootKey = new TestKey();
    final TestKey directorKey = new TestKey();
    final TestKey mallory = new TestKey();

    final Path directory;
    final ReleaseRepository releases;
    final DirectorRepository director;
    final Map<String, Long> floors = new HashMap<>();

    World(Path directory) throws IOException {
        this.directory = directory;
        releases = ReleaseRepository.init(
                directory.resolve("releases"), releaseRoles(), List.of(rootKey), Lifetimes.DEFAULT, NOW);
        director = DirectorRepository.init(
                directory.resolve("director"), directorRoles(), List.of(directorRootKey), Lifetimes.DEFAULT, NOW);
    }

    /** Alpha 1.0.0 and beta 1.0.0 released and assigned. */
    static World ready(Path directory) throws IOException {
        World world = new World(directory);
        world.add(ALPHA, "1.0.0", 1, 0);
        world.add(BETA, "1.0.0", 1, 0);
        world.publish(NOW);
        world.assign(NOW);
        return world;
    }

    Map<Role, RoleKeys> releaseRoles() {
        return new HashMap<>(Map.of(
                Role.ROOT, RoleKeys.of(1, rootKey.publicKey()),
                Role.TIMESTAMP, RoleKeys.of(1, timestampKey.publicKey()),
                Role.SNAPSHOT, RoleKeys.of(1, snapshotKey.publicKey()),
                Role.TARGETS, RoleKeys.of(1, targetsKey.publicKey())));
    }

    Map<Role, RoleKeys> directorRoles() {
        return new HashMap<>(Map.of(
                Role.ROOT, RoleKeys.of(1, directorRootKey.publicKey()),
                Role.TARGETS, RoleKeys.of(1, directorKey.publicKey())));
    }

    Release add(String symbolicName, String version, long counter, long floor) throws IOException {
        return add(symbolicName, version, counter, floor, List.of());
    }

    Release add(String symbolicName, String version, long counter, long floor, List<String> models) throws IOException {
        return add(symbolicName, version, counter, floor, models, NOW);
    }

    /** Adds a release at that time, which is the date of the floor that it sets. */
    Release add(String symbolicName, String version, long counter, long floor, List<String> models, Instant now)
            throws IOException {
        Path jar = Jars.bundle(directory.resolve("jars"), symbolicName, version, symbolicName + " " + version);
        ReleaseFacts facts =
                new ReleaseFacts(symbolicName, version, counter, floor, 0, Swap.OVERLAP, Kind.BUNDLE, models);
        return releases.add(jar, facts, Lifetimes.DEFAULT, now);
    }

    void publish(Instant now) throws IOException {
        releases.stageRenewal(Lifetimes.DEFAULT, now);
        releases.sign(List.of(targetsKey));
        releases.publish(List.of(snapshotKey, timestampKey), Lifetimes.DEFAULT, now);
    }

    /** Assigns the newest release of each symbolic name. */
    Assignment assign(Instant now) throws IOException {
        Map<String, Release> newest = new HashMap<>();
        for (Release release : releases.releases()) {
            newest.merge(release.symbolicName(), release, (a, b) -> a.counter() > b.counter() ? a : b);
        }
        return assign(now, new ArrayList<>(newest.values()));
    }

    Assignment assign(Instant now, List<Release> chosen) throws IOException {
        List<Assigned> items =
                chosen.stream().map(release -> Assigned.of(release, 10)).toList();
        return director.assign(
                new AssignmentDraft(DEVICE, MODEL, items, Map.of()), List.of(directorKey), Lifetimes.DEFAULT, now);
    }

    /** Takes back what was assigned from {@code from} on. */
    Assignment takeBack(long from, Instant now) throws IOException {
        return director.assign(
                AssignmentDraft.takingBack(DEVICE, MODEL, from), List.of(directorKey), Lifetimes.DEFAULT, now);
    }

    Release release(String symbolicName, String version) throws IOException {
        return releases.releases().stream()
                .filter(release -> release.symbolicName().equals(symbolicName)
                        && release.version().equals(version))
                .findFirst()
                .orElseThrow();
    }

    /** The gateway's verdict on what the repositories hold. */
    Acceptance verdict(Instant now) {
        return verdict(releases.metadata(), director.metadata(DEVICE), now);
    }

    Acceptance verdict(Map<String, byte[]> releaseFiles, Instant now) {
        return verdict(source(releaseFiles), director.metadata(DEVICE), now);
    }

    Acceptance verdict(MetadataSource releaseSource, MetadataSource directorSource, Instant now) {
        try {
            return new UpdateVerifier(state(), releases.anchor(), director.anchor())
                    .verify(releaseSource, directorSource, UNIT, floors, now);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    Path state() {
        return directory.resolve("state");
    }

    Evidence evidence() {
        return ((Acceptance.Accepted) verdict(NOW)).evidence();
    }

    static MetadataSource source(Map<String, byte[]> files) {
        return (name, maxBytes) -> java.util.Optional.ofNullable(files.get(name));
    }

    static Instant later(int minutes) {
        return NOW.plus(Duration.ofMinutes(minutes));
    }
}
