package io.sekimori.benchmarks.maker;

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
import io.sekimori.trust.Signer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Publisher and director in one, each role with a key of its own, as a small maker has it. Confined to one thread.
 */
public final class Maker {

    /** The model of every unit. */
    public static final String MODEL = "benchmark";

    private final ReleaseRepository releases;
    private final DirectorRepository director;
    private final List<Signer> signers;
    private final Set<String> released = new HashSet<>();

    private Maker(ReleaseRepository releases, DirectorRepository director, List<Signer> signers) {
        this.releases = releases;
        this.director = director;
        this.signers = signers;
    }

    /** A new maker with new keys. */
    public static Maker in(Path folder) throws IOException {
        Path keys = Files.createDirectories(folder.resolve("keys"));
        List<Signer> signers = new ArrayList<>();
        Map<Role, RoleKeys> roles = new EnumMap<>(Role.class);
        for (Role role : Role.values()) {
            Signer signer = KeyFile.create(keys.resolve(role + ".pem"));
            signers.add(signer);
            roles.put(role, RoleKeys.of(1, signer.publicKey()));
        }
        Map<Role, RoleKeys> directing = Map.of(Role.ROOT, roles.get(Role.ROOT), Role.TARGETS, roles.get(Role.TARGETS));
        Instant now = Instant.now();
        return new Maker(
                ReleaseRepository.init(folder.resolve("releases"), roles, signers, Lifetimes.DEFAULT, now),
                DirectorRepository.init(folder.resolve("director"), directing, signers, Lifetimes.DEFAULT, now),
                signers);
    }

    /** Releases what is new of these parts and assigns all of them to the device. */
    public void assign(String device, List<Part> parts, Map<String, Map<String, Object>> configurations)
            throws IOException {
        Instant now = Instant.now();
        List<Assigned> items = new ArrayList<>();
        boolean more = false;
        for (Part part : parts) {
            Release release = releases.add(part.jar(), facts(part), Lifetimes.DEFAULT, now);
            more |= released.add(release.path());
            items.add(Assigned.of(release, part.startLevel()));
        }
        if (more) {
            releases.sign(signers);
            releases.publish(signers, Lifetimes.DEFAULT, now);
        }
        director.assign(new AssignmentDraft(device, MODEL, items, configurations), signers, Lifetimes.DEFAULT, now);
    }

    /** Writes the device's newest assignment with everything it needs. */
    public Path pack(String device, Path file) throws IOException {
        try (PackWriter writer = new PackWriter(Files.newOutputStream(file))) {
            writer.assignment(releases, director, device);
        }
        return file;
    }

    /** The trust anchor of the releases. */
    public byte[] releaseAnchor() throws IOException {
        return releases.anchor();
    }

    /** The trust anchor of the director. */
    public byte[] directorAnchor() throws IOException {
        return director.anchor();
    }

    private static ReleaseFacts facts(Part part) {
        return new ReleaseFacts(
                part.symbolicName(), part.version(), part.counter(), 0, 0, part.swap(), part.kind(), List.of());
    }
}
