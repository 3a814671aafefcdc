package io.sekimori.itests.support;

import io.sekimori.trust.Assigned;
import io.sekimori.trust.AssignmentDraft;
import io.sekimori.trust.DirectorRepository;
import io.sekimori.trust.KeyFile;
import io.sekimori.trust.Lifetimes;
import io.sekimori.trust.PackWriter;
import io.sekimori.trust.Release;
import io.sekimori.trust.ReleaseFacts;
import io.sekimori.trust.ReleaseRepository;
import io.sekimori.trust.Role;
import io.sekimori.trust.RoleKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A publisher and a director in one folder, with a key each: releases jars, assigns them to a device, and packs both
 * for a stick. Confined to one thread.
 */
public final class Workshop {

    /** The model of all gateways here. */
    public static final String MODEL = "itest";

    private final ReleaseRepository releases;
    private final DirectorRepository director;
    private final KeyFile publisherKey;
    private final KeyFile directorKey;

    private Workshop(
            ReleaseRepository releases, DirectorRepository director, KeyFile publisherKey, KeyFile directorKey) {
        this.releases = releases;
        this.director = director;
        this.publisherKey = publisherKey;
        this.directorKey = directorKey;
    }

    /** A new one, in an empty folder. */
    public static Workshop in(Path folder) throws IOException {
        Files.createDirectories(folder);
        return in(
                folder,
                KeyFile.create(folder.resolve("publisher.key")),
                KeyFile.create(folder.resolve("director.key")));
    }

    /** One that knows nothing of what this one has released, with the same keys, in an empty folder. */
    public Workshop anew(Path folder) throws IOException {
        Files.createDirectories(folder);
        return in(folder, publisherKey, directorKey);
    }

    private static Workshop in(Path folder, KeyFile publisherKey, KeyFile directorKey) throws IOException {
        Instant now = Instant.now();
        return new Workshop(
                ReleaseRepository.init(
                        folder.resolve("releases"),
                        roles(publisherKey, Role.values()),
                        List.of(publisherKey),
                        Lifetimes.DEFAULT,
                        now),
                DirectorRepository.init(
                        folder.resolve("director"),
                        roles(directorKey, Role.ROOT, Role.TARGETS),
                        List.of(directorKey),
                        Lifetimes.DEFAULT,
                        now),
                publisherKey,
                directorKey);
    }

    /** Packs an assignment of exactly these parts to the device, with all their files. */
    public Path pack(Path file, String device, Parts parts, Map<String, Map<String, Object>> configurations)
            throws IOException {
        return pack(file, device, parts, configurations, Instant.now());
    }

    /** The same as it would have been made at another time: expiry counts from then. */
    public Path pack(
            Path file, String device, Parts parts, Map<String, Map<String, Object>> configurations, Instant then)
            throws IOException {
        List<Release> wanted = release(parts, then);
        List<Assigned> items = new ArrayList<>();
        for (int i = 0; i < wanted.size(); i++) {
            items.add(Assigned.of(wanted.get(i), parts.all().get(i).startLevel()));
        }
        director.assign(
                new AssignmentDraft(device, MODEL, items, configurations),
                List.of(directorKey),
                Lifetimes.DEFAULT,
                then);
        Files.createDirectories(file.toAbsolutePath().getParent());
        try (PackWriter pack = new PackWriter(Files.newOutputStream(file))) {
            for (Map.Entry<String, byte[]> metadata : releases.files().entrySet()) {
                pack.release(metadata.getKey(), metadata.getValue());
            }
            for (Map.Entry<String, byte[]> metadata : director.files(device).entrySet()) {
                pack.director(metadata.getKey(), metadata.getValue());
            }
            // A jar that is both bundle and part of the slot travels once.
            Set<String> packed = new HashSet<>();
            for (Release release : wanted) {
                if (packed.add(release.sha256())) {
                    pack.target(release, releases.targets());
                }
            }
        }
        return file;
    }

    byte[] releaseAnchor() throws IOException {
        return releases.anchor();
    }

    byte[] directorAnchor() throws IOException {
        return director.anchor();
    }

    /** Releases what is not released yet, and publishes in any case, since metadata from now are wanted. */
    private List<Release> release(Parts parts, Instant now) throws IOException {
        List<Release> wanted = new ArrayList<>();
        for (Part part : parts.all()) {
            wanted.add(release(part, now));
        }
        releases.stageRenewal(Lifetimes.DEFAULT, now);
        releases.sign(List.of(publisherKey));
        releases.publish(List.of(publisherKey), Lifetimes.DEFAULT, now);
        return wanted;
    }

    private Release release(Part part, Instant now) throws IOException {
        List<Release> known = releases.releases();
        Optional<Release> same = known.stream()
                .filter(release -> release.path().equals(path(part)))
                .findFirst();
        if (same.isPresent()) {
            return same.get();
        }
        long counter = nextCounter(known, part);
        long floor = part.isFloor() ? counter : floor(known, part);
        ReleaseFacts facts = new ReleaseFacts(
                part.symbolicName(), part.version(), counter, floor, 0, part.swap(), part.kind(), List.of());
        return releases.add(part.jar(), facts, Lifetimes.DEFAULT, now);
    }

    // The same version as bundle and in the slot has one counter; a new version has the next one.
    private static long nextCounter(List<Release> known, Part part) {
        List<Release> ofName = known.stream()
                .filter(release -> release.symbolicName().equals(part.symbolicName()))
                .toList();
        return ofName.stream()
                .filter(release -> release.version().equals(part.version()))
                .map(Release::counter)
                .findFirst()
                .orElse(ofName.stream().mapToLong(Release::counter).max().orElse(0) + 1);
    }

    // A floor never sinks again.
    private static long floor(List<Release> known, Part part) {
        return known.stream()
                .filter(release -> release.symbolicName().equals(part.symbolicName()))
                .mapToLong(Release::floor)
                .max()
                .orElse(0);
    }

    private static String path(Part part) {
        return Release.pathOf(part.kind(), part.symbolicName(), part.version());
    }

    private static Map<Role, RoleKeys> roles(KeyFile key, Role... roles) {
        Map<Role, RoleKeys> keys = new EnumMap<>(Role.class);
        for (Role role : roles) {
            keys.put(role, RoleKeys.of(1, key.publicKey()));
        }
        return keys;
    }
}
