package io.sekimori.launcher.testkit;

import io.sekimori.generation.Confirmed;
import io.sekimori.generation.Generation;
import io.sekimori.generation.Generations;
import io.sekimori.generation.Nameplate;
import io.sekimori.generation.Pointer;
import io.sekimori.generation.Slot;
import io.sekimori.generation.SlotFiles;
import io.sekimori.generation.StartLog;
import io.sekimori.generation.StartReport;
import io.sekimori.generation.Trial;
import io.sekimori.generation.Unit;
import io.sekimori.trust.Acceptance;
import io.sekimori.trust.Assigned;
import io.sekimori.trust.AssignmentDraft;
import io.sekimori.trust.DirectorRepository;
import io.sekimori.trust.KeyFile;
import io.sekimori.trust.Kind;
import io.sekimori.trust.Lifetimes;
import io.sekimori.trust.MalformedJson;
import io.sekimori.trust.Release;
import io.sekimori.trust.ReleaseFacts;
import io.sekimori.trust.ReleaseRepository;
import io.sekimori.trust.Role;
import io.sekimori.trust.RoleKeys;
import io.sekimori.trust.Sha256;
import io.sekimori.trust.Signer;
import io.sekimori.trust.Swap;
import io.sekimori.trust.UnitFacts;
import io.sekimori.trust.UpdateVerifier;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A real unit with real signatures: keys, release repository, director, slot and any number of generations of small
 * bundles.
 */
public final class TestUnit {

    private static final String MODEL = "test-gateway";
    private static final String DEVICE = "d".repeat(64);

    private final Path work;
    private final Unit unit;
    private final Signer signer;
    private final ReleaseRepository releases;
    private final DirectorRepository director;
    private final Instant now;
    private final Map<String, Long> counters = new LinkedHashMap<>();
    private final List<Assigned> slotItems = new ArrayList<>();
    private final Map<String, Path> slotJars = new LinkedHashMap<>();
    private boolean raisingFloors;
    private boolean raisingHardFloors;

    private TestUnit(Path work, Instant now) throws IOException {
        this.work = work;
        this.now = now;
        this.unit = new Unit(work.resolve("unit"));
        Files.createDirectories(work.resolve("keys"));
        KeyFile key = KeyFile.create(work.resolve("keys").resolve("key"));
        this.signer = key;
        RoleKeys keys = RoleKeys.of(1, key.publicKey());
        this.releases = ReleaseRepository.init(
                work.resolve("releases"),
                Map.of(Role.ROOT, keys, Role.TIMESTAMP, keys, Role.SNAPSHOT, keys, Role.TARGETS, keys),
                List.of(key),
                Lifetimes.DEFAULT,
                now);
        this.director = DirectorRepository.init(
                work.resolve("director"),
                Map.of(Role.ROOT, keys, Role.TARGETS, keys),
                List.of(key),
                Lifetimes.DEFAULT,
                now);
    }

    /** A unit with anchors, nameplate and slot, and no generation; everything is signed now. */
    public static TestUnit create(Path work) throws IOException {
        return create(work, Instant.now());
    }

    /** As above, signed at another time. */
    public static TestUnit create(Path work, Instant now) throws IOException {
        TestUnit made = new TestUnit(work, now);
        Files.createDirectories(made.unit.trust());
        Files.write(made.unit.releaseAnchor(), made.releases.anchor());
        Files.write(made.unit.directorAnchor(), made.director.anchor());
        Files.write(made.unit.nameplate(), new Nameplate(MODEL, "T-1").bytes());
        made.useSlot(SlotJars.write(work.resolve("slot-jars")), "0.1.0");
        closeToOthers(made.unit.trust());
        closeToOthers(made.unit.slots());
        return made;
    }

    /** Whatever mask the tests run with: nobody else may write there, as install.sh has it. */
    public static void closeToOthers(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.toList()) {
                Set<PosixFilePermission> modes = new HashSet<>(Files.getPosixFilePermissions(file));
                modes.removeAll(Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE));
                Files.setPosixFilePermissions(file, modes);
            }
        }
    }

    /** The unit's paths. */
    public Unit unit() {
        return unit;
    }

    /** The report of the last start. */
    public StartReport lastReport() throws IOException, MalformedJson {
        return new StartLog(unit).read().get(0);
    }

    /** Releases these jars as a slot, puts it on the unit, and gives it to the generations made from now on. */
    public String useSlot(Map<String, Path> jars, String version) throws IOException {
        slotItems.clear();
        slotJars.clear();
        Map<String, String> digests = new LinkedHashMap<>();
        Map<String, Path> files = new LinkedHashMap<>();
        for (Map.Entry<String, Path> jar : jars.entrySet()) {
            Release release = release(jar.getValue(), jar.getKey(), version, Kind.SLOT, Swap.RESTART);
            slotItems.add(Assigned.of(release, 1));
            String name = jar.getKey() + "-" + version + ".jar";
            digests.put(name, release.sha256());
            files.put(name, jar.getValue());
            slotJars.put(release.sha256(), jar.getValue());
        }
        SlotFiles slotFiles = SlotFiles.of(digests);
        Path folder = unit.slot(slotFiles.id());
        Files.createDirectories(folder.resolve("lib"));
        for (Map.Entry<String, Path> file : files.entrySet()) {
            Files.copy(file.getValue(), folder.resolve("lib").resolve(file.getKey()));
        }
        Files.write(folder.resolve("slot.json"), new Slot(System.getProperty("java.home"), slotFiles).bytes());
        closeToOthers(folder);
        return slotFiles.id();
    }

    /** Releases a Java runtime, and gives it to the generations made from now on, beside the slot that was given last. */
    public void useJava(Path jar, String version) throws IOException {
        Release release = release(jar, "test.java", version, Kind.JAVA, Swap.RESTART);
        slotItems.add(Assigned.of(release, 1));
        slotJars.put(release.sha256(), jar);
    }

    /** Each release from now on sets its own counter as the floor. */
    public void raiseFloors() {
        raisingFloors = true;
    }

    /** Each release from now on sets its own counter as the floor, which nobody may permit to go below. */
    public void raiseHardFloors() {
        raiseFloors();
        raisingHardFloors = true;
    }

    /** Takes the slot that was given last off the unit; its jars lie in the store, as a download leaves them. */
    public void slotOnlyInStore(String id) throws IOException {
        Path folder = unit.slot(id);
        for (Map.Entry<String, Path> jar : slotJars.entrySet()) {
            try (InputStream in = Files.newInputStream(jar.getValue())) {
                unit.store().put(in, jar.getKey(), Files.size(jar.getValue()));
            }
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Writes a generation of these bundles, all at start level 1, and their files; it is not confirmed by that. */
    public Generation generation(int number, TestBundle... bundles) throws IOException {
        List<Assigned> items = new ArrayList<>(slotItems);
        List<Path> jars = new ArrayList<>();
        for (TestBundle bundle : bundles) {
            Path jar = bundle.write(work.resolve("bundles-" + number));
            jars.add(jar);
            items.add(Assigned.of(release(jar, bundle.symbolicName(), bundle.version(), Kind.BUNDLE, Swap.OVERLAP), 1));
        }
        releases.sign(List.of(signer));
        releases.publish(List.of(signer), Lifetimes.DEFAULT, now);
        director.assign(new AssignmentDraft(DEVICE, MODEL, items, Map.of()), List.of(signer), Lifetimes.DEFAULT, now);
        Acceptance acceptance = new UpdateVerifier(unit.metadata(), releases.anchor(), director.anchor())
                .verify(releases.metadata(), director.metadata(DEVICE), new UnitFacts(DEVICE, MODEL), Map.of(), now);
        if (!(acceptance instanceof Acceptance.Accepted accepted)) {
            throw new IllegalStateException(acceptance.toString());
        }
        for (Path jar : jars) {
            try (InputStream in = Files.newInputStream(jar)) {
                unit.store().put(in, Sha256.hex(jar), Files.size(jar));
            }
        }
        Generation generation = Generation.of(number, now, accepted.assignment(), accepted.releases());
        new Generations(unit).write(generation, accepted.evidence());
        return generation;
    }

    private Release release(Path jar, String symbolicName, String version, Kind kind, Swap swap) throws IOException {
        String key = kind + symbolicName + "/" + version;
        long counter = counters.computeIfAbsent(key, any -> (long) counters.size() + 1);
        return releases.add(
                jar,
                new ReleaseFacts(
                        symbolicName,
                        version,
                        counter,
                        raisingFloors ? counter : 0,
                        raisingHardFloors ? counter : 0,
                        swap,
                        kind,
                        List.of()),
                Lifetimes.DEFAULT,
                now);
    }

    /** Points at a generation. */
    public void confirm(int number) throws IOException {
        new Pointer(unit).commit(new Confirmed(number, Optional.empty(), Map.of()));
    }

    /** Points at a generation with a fallback. */
    public void confirm(int number, int fallback) throws IOException {
        new Pointer(unit).commit(new Confirmed(number, Optional.of(fallback), Map.of()));
    }

    /** Puts a generation on trial. */
    public void tryOut(int number, int tries) throws IOException {
        new Pointer(unit).record(new Trial(number, tries));
    }
}
