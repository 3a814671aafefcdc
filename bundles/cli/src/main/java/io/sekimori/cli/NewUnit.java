package io.sekimori.cli;

import io.sekimori.generation.Confirmed;
import io.sekimori.generation.Generation;
import io.sekimori.generation.GenerationVerifier;
import io.sekimori.generation.Generations;
import io.sekimori.generation.Nameplate;
import io.sekimori.generation.Pointer;
import io.sekimori.generation.Slot;
import io.sekimori.generation.SlotFiles;
import io.sekimori.generation.Store;
import io.sekimori.generation.Unit;
import io.sekimori.generation.Verification;
import io.sekimori.keys.KeyAlgorithm;
import io.sekimori.keys.KeyException;
import io.sekimori.keys.Keys;
import io.sekimori.keys.file.KeyFiles;
import io.sekimori.trust.Acceptance;
import io.sekimori.trust.ApprovalPolicy;
import io.sekimori.trust.Assignment;
import io.sekimori.trust.DirectorRepository;
import io.sekimori.trust.DurableFile;
import io.sekimori.trust.Kind;
import io.sekimori.trust.Refusal;
import io.sekimori.trust.Release;
import io.sekimori.trust.ReleaseRepository;
import io.sekimori.trust.TrustException;
import io.sekimori.trust.UnitFacts;
import io.sekimori.trust.UpdateVerifier;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A unit directory while the factory fills it, beside the place where it will appear. What the gateway would refuse is
 * refused here, by the same classes. Confined to one thread.
 */
final class NewUnit {

    private final Path staging;
    private final Unit unit;
    private final Instant now;
    private String model = "";
    private String device = "";

    NewUnit(Path staging, Instant now) {
        this.staging = staging;
        this.unit = new Unit(staging);
        this.now = now;
    }

    /** Puts the trust roots and the nameplate there. */
    void begin(byte[] releaseAnchor, byte[] directorAnchor, Nameplate nameplate) throws IOException {
        discard();
        Files.createDirectories(
                staging, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.createDirectories(unit.trust());
        DurableFile.write(unit.releaseAnchor(), releaseAnchor);
        DurableFile.write(unit.directorAnchor(), directorAnchor);
        DurableFile.write(unit.nameplate(), nameplate.bytes());
        model = nameplate.model();
    }

    /** Has the unit take nothing but what these people approve. */
    void demandApprovals(byte[] policy) throws IOException {
        DurableFile.write(unit.trust().resolve(ApprovalPolicy.FILE), policy);
    }

    /** Makes the key that identifies the device, and answers its fingerprint. */
    String makeDeviceKey() throws KeyException {
        device = new KeyFiles(unit.data("io.sekimori.keys.file"))
                .create(Keys.DEVICE, KeyAlgorithm.EC_P256)
                .id();
        return device;
    }

    /** Accepts the assignment as the gateway would and writes what it orders: slot, store, generation 1, pointer. */
    void fill(ReleaseRepository releases, DirectorRepository director, Assignment assignment, Path java)
            throws IOException {
        Acceptance acceptance = new UpdateVerifier(unit.metadata(), releases.anchor(), director.anchor())
                .verify(releases.metadata(), director.metadata(device), new UnitFacts(device, model), Map.of(), now);
        if (acceptance instanceof Acceptance.Refused refused) {
            throw refused(refused.refusal());
        }
        Acceptance.Accepted accepted = (Acceptance.Accepted) acceptance;
        Map<String, Long> floors = new TreeMap<>();
        SlotFiles slot = SlotFiles.of(assignment);
        Path folder = unit.slot(slot.id());
        Files.createDirectories(folder.resolve("lib"));
        for (Release release : accepted.releases()) {
            if (release.kind() == Kind.SLOT) {
                copy(releases, release, folder.resolve("lib"));
            } else {
                store(releases, release);
                floors.merge(release.symbolicName(), release.floor(), Math::max);
            }
        }
        DurableFile.write(folder.resolve("slot.json"), new Slot(java.toString(), slot).bytes());
        new Generations(unit)
                .write(Generation.of(1, now, accepted.assignment(), accepted.releases()), accepted.evidence());
        new Pointer(unit).commit(new Confirmed(1, Optional.empty(), floors));
        Verification verification = new GenerationVerifier(unit).verify(1);
        if (verification instanceof Verification.Refused refused) {
            throw refused(refused.refusal());
        }
    }

    /** Puts the start script there. */
    void startScript(Path script) throws IOException {
        Path target = staging.resolve("bin").resolve("sekimori-gateway");
        Files.createDirectories(target.getParent());
        Files.copy(script, target);
        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Makes it appear, whole. */
    void moveTo(Path target) throws IOException {
        Files.createDirectories(unit.run());
        Files.deleteIfExists(target);
        Files.move(staging, target, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Removes what did not become a unit. */
    void discard() throws IOException {
        FileTree.delete(staging);
    }

    private void store(ReleaseRepository releases, Release release) throws IOException {
        try (InputStream in = releases.targets().open(release)) {
            if (unit.store().put(in, release.sha256(), release.length()) instanceof Store.Put.Refused refused) {
                throw refused(refused.refusal());
            }
        }
    }

    private static void copy(ReleaseRepository releases, Release release, Path lib) throws IOException {
        String path = release.path();
        try (InputStream in = releases.targets().open(release)) {
            Files.copy(in, lib.resolve(path.substring(path.lastIndexOf('/') + 1)));
        }
    }

    private static TrustException refused(Refusal refusal) {
        return new TrustException(refusal.code(), refusal.detail());
    }
}
