package io.sekimori.update.engine.lab;

import io.sekimori.generation.Slot;
import io.sekimori.generation.SlotFiles;
import io.sekimori.generation.Unit;
import io.sekimori.launcher.testkit.SlotJars;
import io.sekimori.trust.Assigned;
import io.sekimori.trust.AssignmentDraft;
import io.sekimori.trust.CanonicalJson;
import io.sekimori.trust.DirectorRepository;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.JsonText;
import io.sekimori.trust.KeyFile;
import io.sekimori.trust.KeyType;
import io.sekimori.trust.Kind;
import io.sekimori.trust.Lifetimes;
import io.sekimori.trust.Permit;
import io.sekimori.trust.Release;
import io.sekimori.trust.ReleaseFacts;
import io.sekimori.trust.ReleaseRepository;
import io.sekimori.trust.Remedy;
import io.sekimori.trust.Role;
import io.sekimori.trust.RoleKeys;
import io.sekimori.trust.Sha256;
import io.sekimori.trust.SignedDocument;
import io.sekimori.trust.Signer;
import io.sekimori.trust.Swap;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/** Whoever signs for the unit: its publisher and its console, with their repositories and keys. */
public final class Office {

    static final String MODEL = "lab";

    private final Path keys;
    private final Supplier<String> device;
    private final KeyFile offline;
    private final KeyFile publisher;
    private KeyFile online;
    private KeyFile assigner;
    private final ReleaseRepository releases;
    private final DirectorRepository director;
    private final Map<String, Release> released = new HashMap<>();
    private final Map<String, Long> counters = new HashMap<>();
    private final List<Signer> publishers = new ArrayList<>();
    private boolean staged;
    private boolean hardFloors;

    /** @param device the hash of the unit's device key */
    Office(Path work, Supplier<String> device) throws Exception {
        this.device = device;
        Instant now = Instant.now();
        this.keys = Files.createDirectories(work.resolve("keys"));
        this.offline = KeyFile.create(keys.resolve("root"));
        this.publisher = KeyFile.create(keys.resolve("publisher"));
        this.online = KeyFile.create(keys.resolve("online"));
        this.assigner = KeyFile.create(keys.resolve("director"));
        publishers.add(publisher);
        RoleKeys root = RoleKeys.of(1, offline.publicKey());
        RoleKeys fresh = RoleKeys.of(1, online.publicKey());
        RoleKeys targets = RoleKeys.of(1, publisher.publicKey());
        this.releases = ReleaseRepository.init(
                work.resolve("releases"),
                Map.of(Role.ROOT, root, Role.TIMESTAMP, fresh, Role.SNAPSHOT, fresh, Role.TARGETS, targets),
                List.of(offline),
                Lifetimes.DEFAULT,
                now);
        this.director = DirectorRepository.init(
                work.resolve("director"),
                Map.of(Role.ROOT, root, Role.TARGETS, RoleKeys.of(1, assigner.publicKey())),
                List.of(offline),
                Lifetimes.DEFAULT,
                now);
    }

    ReleaseRepository releases() {
        return releases;
    }

    DirectorRepository director() {
        return director;
    }

    /** Releases a bundle that is not assigned; the next pack publishes it. */
    public void release(Item item) throws Exception {
        release(item, Kind.BUNDLE);
    }

    Release release(Item item, Kind kind) throws Exception {
        String key = kind + item.symbolicName() + "/" + item.version();
        Release known = released.get(key);
        if (known != null) {
            return known;
        }
        long counter =
                counters.computeIfAbsent(item.symbolicName() + "/" + item.version(), any -> counters.size() + 1L);
        Release release = releases.add(
                item.jar(),
                new ReleaseFacts(
                        item.symbolicName(),
                        item.version(),
                        counter,
                        item.floor() ? counter : 0,
                        hardFloors && item.floor() ? counter : 0,
                        item.swap(),
                        kind,
                        item.models(),
                        Optional.of(new Remedy("a hole before " + item.version(), ""))),
                Lifetimes.DEFAULT,
                Instant.now());
        released.put(key, release);
        staged = true;
        return release;
    }

    /** Releases a launcher, and puts it on the unit. */
    List<Assigned> slot(Unit unit, Path jars) throws Exception {
        List<Assigned> items = new ArrayList<>();
        Map<String, String> digests = new TreeMap<>();
        Map<String, Path> files = new TreeMap<>();
        for (Map.Entry<String, Path> jar : SlotJars.write(jars).entrySet()) {
            Item item = new Item(jar.getValue(), jar.getKey(), "0.1.0", Swap.RESTART, 1, false, List.of());
            Release release = release(item, Kind.SLOT);
            items.add(Assigned.of(release, 1));
            digests.put(jar.getKey() + "-0.1.0.jar", release.sha256());
            files.put(jar.getKey() + "-0.1.0.jar", jar.getValue());
        }
        SlotFiles slotFiles = SlotFiles.of(digests);
        Path folder = unit.slot(slotFiles.id());
        Files.createDirectories(folder.resolve("lib"));
        for (Map.Entry<String, Path> file : files.entrySet()) {
            Files.copy(file.getValue(), folder.resolve("lib").resolve(file.getKey()));
        }
        Files.write(folder.resolve("slot.json"), new Slot(System.getProperty("java.home"), slotFiles).bytes());
        return items;
    }

    /** Signs and publishes what was released since. */
    void publish(Instant now) throws Exception {
        if (staged) {
            releases.sign(publishers);
            releases.publish(List.of(online), Lifetimes.DEFAULT, now);
            staged = false;
        }
    }

    void renew(Lifetimes lifetimes, Instant now) throws Exception {
        releases.renew(List.of(online), lifetimes, now);
    }

    void assign(AssignmentDraft draft, Lifetimes lifetimes, Instant now) throws Exception {
        director.assign(draft, List.of(assigner), lifetimes, now);
    }

    /** The hash of a bundle that was released. */
    public String digest(String symbolicName, String version) {
        return released(symbolicName, version).sha256();
    }

    private Release released(String symbolicName, String version) {
        return released.get(Kind.BUNDLE + symbolicName + "/" + version);
    }

    /** Has the floors that are set from now on end fallbacks below them. */
    public void makeFloorsHard() {
        hardFloors = true;
    }

    /**
     * A permit for this unit to run a release below its floor, alone in the file that gateways fetch.
     *
     * @param offline by the publisher's keys; else by those of the console
     */
    public byte[] permit(String symbolicName, String version, Instant from, boolean offline) throws Exception {
        Permit permit = new Permit(
                from.truncatedTo(ChronoUnit.SECONDS),
                from.truncatedTo(ChronoUnit.SECONDS).plusSeconds(3_600),
                MODEL,
                Set.of(device.get()),
                List.of(Permit.Item.of(released(symbolicName, version))),
                "by test");
        byte[] signed = permit.signed(offline ? publishers : List.of(online, assigner));
        return JsonText.bytes(
                Map.of("format", 1L, "permits", List.of(JsonObject.parse(signed).asMap())));
    }

    /** The next root: root and targets need ML-DSA keys, too, from now on. */
    public void goHybrid() throws Exception {
        KeyFile root = KeyFile.create(keys.resolve("root-pq"), KeyType.ML_DSA_65);
        KeyFile targets = KeyFile.create(keys.resolve("publisher-pq"), KeyType.ML_DSA_65);
        Map<Role, RoleKeys> roles = new HashMap<>(releases.roles());
        roles.put(Role.ROOT, RoleKeys.of(2, offline.publicKey(), root.publicKey()));
        roles.put(Role.TARGETS, RoleKeys.of(2, publisher.publicKey(), targets.publicKey()));
        releases.newRoot(roles, List.of(offline, root), Lifetimes.DEFAULT, Instant.now());
        publishers.add(targets);
        releases.stageRenewal(Lifetimes.DEFAULT, Instant.now());
        staged = true;
    }

    /** The next roots of both repositories: other keys of timestamp, snapshot and director; those of before are worth nothing. */
    public void replaceOnlineKeys() throws Exception {
        online = KeyFile.create(keys.resolve("online-2"));
        assigner = KeyFile.create(keys.resolve("director-2"));
        Map<Role, RoleKeys> published = new HashMap<>(releases.roles());
        published.put(Role.SNAPSHOT, RoleKeys.of(1, online.publicKey()));
        published.put(Role.TIMESTAMP, RoleKeys.of(1, online.publicKey()));
        releases.newRoot(published, List.of(offline), Lifetimes.DEFAULT, Instant.now());
        Map<Role, RoleKeys> assigned = new HashMap<>(director.roles());
        assigned.put(Role.TARGETS, RoleKeys.of(1, assigner.publicKey()));
        director.stageRoot(assigned, Lifetimes.DEFAULT, Instant.now());
        director.signRoot(List.of(offline));
        director.publishRoot(Instant.now());
    }

    /** A next root that needs a signature of a scheme of tomorrow beside that of the keys of today. */
    public byte[] rootOfTomorrow() throws Exception {
        Map<String, Object> root = Intruder.signed(releases.anchor());
        Map<String, Object> key =
                Map.of("keytype", "slh-dsa", "scheme", "slh-dsa-sha2-128s/1", "keyval", Map.of("public", "00"));
        String id = Sha256.hex(CanonicalJson.bytes(key));
        root.put("version", 2L);
        Intruder.object(root, "keys").put(id, key);
        Intruder.object(root, "roles", "root")
                .putAll(Map.of(
                        "threshold", 2L, "keyids", List.of(offline.publicKey().keyId(), id)));
        return SignedDocument.sign(JsonText.bytes(Map.of("signatures", List.of(), "signed", root)), List.of(offline));
    }

    /** Who has the console's files and the keys of timestamp, snapshot and director. */
    Intruder intruder(Path pack, Path work) throws Exception {
        return new Intruder(pack, work, online, assigner);
    }
}
