package io.sekimori.update.engine.lab;

import io.sekimori.generation.Confirmed;
import io.sekimori.generation.Generation;
import io.sekimori.generation.Generations;
import io.sekimori.generation.Nameplate;
import io.sekimori.generation.Pointer;
import io.sekimori.generation.Slot;
import io.sekimori.generation.SlotFiles;
import io.sekimori.generation.Unit;
import io.sekimori.launcher.main.InProcess;
import io.sekimori.launcher.testkit.SlotJars;
import io.sekimori.launcher.testkit.TestBundle;
import io.sekimori.trust.Acceptance;
import io.sekimori.trust.Assigned;
import io.sekimori.trust.Assignment;
import io.sekimori.trust.AssignmentDraft;
import io.sekimori.trust.CanonicalJson;
import io.sekimori.trust.DirectorRepository;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.JsonText;
import io.sekimori.trust.KeyFile;
import io.sekimori.trust.KeyType;
import io.sekimori.trust.Kind;
import io.sekimori.trust.Lifetimes;
import io.sekimori.trust.PackWriter;
import io.sekimori.trust.Permit;
import io.sekimori.trust.Release;
import io.sekimori.trust.ReleaseFacts;
import io.sekimori.trust.ReleaseRepository;
import io.sekimori.trust.Remedy;
import io.sekimori.trust.Role;
import io.sekimori.trust.RoleKeys;
import io.sekimori.trust.Sha256;
import io.sekimori.trust.SignedDocument;
import io.sekimori.trust.SignedReport;
import io.sekimori.trust.Signer;
import io.sekimori.trust.Swap;
import io.sekimori.trust.UnitFacts;
import io.sekimori.trust.UnitReport;
import io.sekimori.trust.UpdateVerifier;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;

/** A unit with real signatures, the real launcher's framework in this process, and the engine as a bundle in it. */
public final class Lab {

    /** The mode of a bundle in the next generation. */
    public record Item(
            Path jar,
            String symbolicName,
            String version,
            Swap swap,
            int startLevel,
            boolean floor,
            List<String> models) {

        /** Withdraws every release before it. */
        public Item withFloor() {
            return new Item(jar, symbolicName, version, swap, startLevel, true, models);
        }

        /** With the signature of a publisher in the jar. */
        public Item signedBy(Authority publisher) throws Exception {
            return new Item(publisher.sign(jar), symbolicName, version, swap, startLevel, floor, models);
        }

        /** For gateways of this model alone. */
        public Item madeFor(String model) {
            return new Item(jar, symbolicName, version, swap, startLevel, floor, List.of(model));
        }
    }

    private static final String MODEL = "lab";

    private final Path work;
    private final Unit unit;
    private final KeyFile offline;
    private final KeyFile publisher;
    private KeyFile online;
    private KeyFile assigner;
    private final ReleaseRepository releases;
    private final DirectorRepository director;
    private KeyPair device;
    private final String id = "lab-" + UUID.randomUUID();
    private final Map<String, Object> shared = new ConcurrentHashMap<>();
    private final Map<String, Release> released = new HashMap<>();
    private final Map<String, Long> counters = new HashMap<>();
    private final List<Assigned> slotItems = new ArrayList<>();
    private final List<Signer> publishers = new ArrayList<>();
    private final BlockingQueue<String> restarts = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> halts = new LinkedBlockingQueue<>();
    private final List<String> steps = new CopyOnWriteArrayList<>();
    private final List<String> notes = new CopyOnWriteArrayList<>();
    private final BlockingQueue<String> ends = new LinkedBlockingQueue<>();
    private final BlockingQueue<byte[]> reports = new LinkedBlockingQueue<>();
    private Map<String, Map<String, Object>> configurations = Map.of();
    private Optional<InProcess> process = Optional.empty();
    private int packs;
    private boolean staged;
    private boolean hardFloors;

    public Lab(Path work) throws Exception {
        this.work = work;
        this.unit = new Unit(work.resolve("unit"));
        Instant now = Instant.now();
        Files.createDirectories(work.resolve("keys"));
        this.offline = KeyFile.create(work.resolve("keys").resolve("root"));
        this.publisher = KeyFile.create(work.resolve("keys").resolve("publisher"));
        this.online = KeyFile.create(work.resolve("keys").resolve("online"));
        this.assigner = KeyFile.create(work.resolve("keys").resolve("director"));
        publishers.add(publisher);
        RoleKeys root = RoleKeys.of(1, offline.publicKey());
        RoleKeys fresh = RoleKeys.of(1, online.publicKey());
        this.releases = ReleaseRepository.init(
                work.resolve("releases"),
                Map.of(
                        Role.ROOT,
                        root,
                        Role.TIMESTAMP,
                        fresh,
                        Role.SNAPSHOT,
                        fresh,
                        Role.TARGETS,
                        RoleKeys.of(1, publisher.publicKey())),
                List.of(offline),
                Lifetimes.DEFAULT,
                now);
        this.director = DirectorRepository.init(
                work.resolve("director"),
                Map.of(Role.ROOT, root, Role.TARGETS, RoleKeys.of(1, assigner.publicKey())),
                List.of(offline),
                Lifetimes.DEFAULT,
                now);
        newDeviceKey();
        shared.putAll(Map.of("steps", steps, "notes", notes, "ends", ends, "reports", reports));
        policy(Map.of("probation.seconds", 0, "settle.seconds", 2, "deadline.seconds", 20));
        System.getProperties().put(id, shared);
        Files.createDirectories(unit.trust());
        Files.write(unit.releaseAnchor(), releases.anchor());
        Files.write(unit.directorAnchor(), director.anchor());
        Files.write(unit.nameplate(), new Nameplate(MODEL, "L-1").bytes());
        slot();
    }

    /** The engine's configuration; for the next start. */
    public void policy(Map<String, Object> policy) {
        shared.put("policy", policy);
    }

    /** The configurations of the generations assigned from now on. */
    public void configurations(Map<String, Map<String, Object>> next) {
        configurations = next;
    }

    public Unit unit() {
        return unit;
    }

    /** A small bundle with a service of its own; see {@link Greeter}. */
    public Item greeter(String symbolicName, String version, Swap swap, String behaviour) {
        TestBundle bundle = TestBundle.of(symbolicName, version)
                .header("Lab-Behaviour", behaviour)
                .activator(Greeter.class)
                .header("Import-Package", "org.osgi.framework,org.osgi.service.log,org.apache.felix.hc.api");
        return item(bundle, swap, behaviour);
    }

    /** Any small bundle. */
    public Item item(TestBundle bundle, Swap swap, String variant) {
        Path jar = bundle.write(work.resolve("bundles" + variant));
        return new Item(jar, bundle.symbolicName(), bundle.version(), swap, 6, false, List.of());
    }

    /** The engine under test, in a version of this name. */
    public Item engine(String version) throws Exception {
        Path jar = Parts.engine(work.resolve("engines"), version);
        return new Item(jar, "io.sekimori.update.engine", version, Swap.OVERLAP, 4, false, List.of());
    }

    /** Makes generation 1 of the platform, this engine and these bundles, and starts it. */
    public void start(Item... items) throws Exception {
        pack(items);
        Acceptance acceptance = new UpdateVerifier(unit.metadata(), releases.anchor(), director.anchor())
                .verify(
                        releases.metadata(),
                        director.metadata(device()),
                        new UnitFacts(device(), MODEL),
                        Map.of(),
                        Instant.now());
        Acceptance.Accepted accepted = (Acceptance.Accepted) acceptance;
        for (Release release : accepted.releases()) {
            if (release.kind() == Kind.BUNDLE) {
                try (InputStream in = releases.targets().open(release)) {
                    unit.store().put(in, release.sha256(), release.length());
                }
            }
        }
        Generation first = Generation.of(1, Instant.now(), accepted.assignment(), accepted.releases());
        new Generations(unit).write(first, accepted.evidence());
        new Pointer(unit).commit(new Confirmed(1, Optional.empty(), Map.of()));
        boot(1, false);
    }

    /** Starts a generation that is on the disk. */
    public void boot(int number, boolean onTrial) throws Exception {
        process = Optional.of(InProcess.start(unit, number, onTrial, restarts::add, halts::add));
    }

    /** Stops the framework as a process that is killed would, as far as the disk is concerned. */
    public void shutdown() throws Exception {
        if (process.isPresent()) {
            process.get().close();
            process = Optional.empty();
        }
    }

    /** The next root: root and targets need ML-DSA keys, too, from now on. */
    public void goHybrid() throws Exception {
        KeyFile root = KeyFile.create(work.resolve("keys").resolve("root-pq"), KeyType.ML_DSA_65);
        KeyFile targets = KeyFile.create(work.resolve("keys").resolve("publisher-pq"), KeyType.ML_DSA_65);
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
        online = KeyFile.create(work.resolve("keys").resolve("online-2"));
        assigner = KeyFile.create(work.resolve("keys").resolve("director-2"));
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

    /** Releases a bundle that is not assigned; the next pack publishes it. */
    public void release(Item item) throws Exception {
        release(item, Kind.BUNDLE);
    }

    /** A pack that assigns the platform and these bundles. */
    public Path pack(Item... items) throws Exception {
        List<Assigned> assigned = new ArrayList<>(slotItems);
        for (Item item : Parts.platform(work.resolve("platform"), id)) {
            assigned.add(Assigned.of(release(item, Kind.BUNDLE), item.startLevel()));
        }
        for (Item item : items) {
            assigned.add(Assigned.of(release(item, Kind.BUNDLE), item.startLevel()));
        }
        Instant now = Instant.now();
        if (staged) {
            releases.sign(publishers);
            releases.publish(List.of(online), Lifetimes.DEFAULT, now);
            staged = false;
        }
        director.assign(
                new AssignmentDraft(device(), MODEL, assigned, configurations),
                List.of(assigner),
                Lifetimes.DEFAULT,
                now);
        Path pack = work.resolve("pack-" + ++packs + ".zip");
        try (PackWriter writer = new PackWriter(Files.newOutputStream(pack))) {
            writer.assignment(releases, director, device());
        }
        return pack;
    }

    /** The version that was assigned last. */
    public long assigned() throws Exception {
        return director.current(device()).orElseThrow().version();
    }

    /** A pack that takes back what was assigned from {@code from} on. */
    public Path takingBack(long from) throws Exception {
        director.assign(
                AssignmentDraft.takingBack(device(), MODEL, from), List.of(assigner), Lifetimes.DEFAULT, Instant.now());
        Path pack = work.resolve("pack-" + packs + "-back-" + assigned() + ".zip");
        try (PackWriter writer = new PackWriter(Files.newOutputStream(pack))) {
            writer.assignment(releases, director, device());
        }
        return pack;
    }

    /** As {@link #pack}, of what was signed that long ago and was renewed by nobody since. */
    public Path agedPack(Duration age, Item... items) throws Exception {
        pack(items);
        Instant then = Instant.now().minus(age);
        Lifetimes brief = new Lifetimes(
                Lifetimes.DEFAULT.root(),
                Duration.ofHours(1),
                Duration.ofHours(1),
                Lifetimes.DEFAULT.targets(),
                Lifetimes.DEFAULT.assignment());
        releases.renew(List.of(online), brief, then);
        Assignment newest = director.current(device()).orElseThrow();
        director.assign(
                new AssignmentDraft(device(), MODEL, newest.items(), newest.configurations()),
                List.of(assigner),
                brief,
                then);
        Path pack = work.resolve("pack-" + packs + "-aged.zip");
        try (PackWriter writer = new PackWriter(Files.newOutputStream(pack))) {
            writer.assignment(releases, director, device());
        }
        releases.renew(List.of(online), Lifetimes.DEFAULT, Instant.now());
        return pack;
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
        Permit.Item item = Permit.Item.of(released.get(Kind.BUNDLE + symbolicName + "/" + version));
        Permit permit = new Permit(
                from.truncatedTo(ChronoUnit.SECONDS),
                from.truncatedTo(ChronoUnit.SECONDS).plusSeconds(3_600),
                MODEL,
                Set.of(device()),
                List.of(item),
                "by test");
        byte[] signed = permit.signed(offline ? publishers : List.of(online, assigner));
        return JsonText.bytes(
                Map.of("format", 1L, "permits", List.of(JsonObject.parse(signed).asMap())));
    }

    /**
     * What who owns the console has: its files, and the keys of timestamp, snapshot and director.
     *
     * @param pack what it sent last
     */
    public Intruder intruder(Path pack) throws Exception {
        return new Intruder(pack, work, online, assigner);
    }

    /** What a wipe leaves; for the next start. */
    public void newDeviceKey() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        device = generator.generateKeyPair();
        shared.put("device", device);
    }

    /** The hash of a bundle that was assigned. */
    public String digest(String symbolicName, String version) {
        return released.get(Kind.BUNDLE + symbolicName + "/" + version).sha256();
    }

    /** The pack that was made last. */
    public Path lastPack() {
        return work.resolve("pack-" + packs + ".zip");
    }

    /** As {@link #pack}, without the file of one bundle. */
    public Path packWithout(String symbolicName, Item... items) throws Exception {
        Path whole = pack(items);
        String missing = Stream.of(items)
                .filter(item -> item.symbolicName().equals(symbolicName))
                .map(item -> released.get(Kind.BUNDLE + item.symbolicName() + "/" + item.version()))
                .map(Release::sha256)
                .findFirst()
                .orElseThrow();
        Path pack = work.resolve("pack-without.zip");
        try (ZipFile from = new ZipFile(whole.toFile());
                ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(pack))) {
            for (ZipEntry entry : Collections.list(from.entries())) {
                if (!entry.getName().endsWith(missing)) {
                    // With its method: a file of a pack is stored, never compressed.
                    to.putNextEntry(new ZipEntry(entry));
                    from.getInputStream(entry).transferTo(to);
                }
            }
        }
        return pack;
    }

    /** Puts a configuration in force while the engine runs, and waits until this hinders what a console assigns. */
    public void policy(Map<String, Object> policy, String hindrance) {
        policy(policy);
        ask("policy");
        long start = System.nanoTime();
        while (!ask("hindrance", "console").equals(hindrance)) {
            if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(60)) {
                throw new AssertionError("the configuration did not arrive");
            }
            Thread.onSpinWait();
        }
    }

    /** Waits until the engine has its configuration, as a refusal of this pack shows. */
    public void awaitPolicy(String code, Path pack) {
        long start = System.nanoTime();
        while (!ask("plan", pack.toString()).contains(code)) {
            if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(20)) {
                throw new AssertionError("the configuration did not arrive");
            }
        }
    }

    /** Waits until a new process is wanted. */
    public String awaitRestart() throws InterruptedException {
        String why = restarts.poll(40, TimeUnit.SECONDS);
        if (why == null) {
            throw new AssertionError("no restart after " + steps);
        }
        return why;
    }

    /** Asks the driver in the framework. */
    @SuppressWarnings("unchecked") // the driver puts itself there
    public String ask(String... command) {
        return ((Function<List<String>, String>) shared.get("driver")).apply(List.of(command));
    }

    /** Applies a pack and waits for its outcome. */
    public String apply(Path pack) throws Exception {
        String answer = ask("apply", pack.toString());
        return answer.startsWith("!") ? answer : outcome();
    }

    /** Waits for the outcome of what was begun. */
    public String outcome() throws InterruptedException {
        String end = ends.poll(40, TimeUnit.SECONDS);
        if (end == null) {
            throw new AssertionError("no outcome after " + steps);
        }
        return end;
    }

    /** Downloads what a pack holds from a server whose connections break after so many bytes, and waits for the outcome. */
    public String fetch(Path pack, long breaksAfter) throws Exception {
        String answer = ask("fetch", pack.toString(), Long.toString(breaksAfter));
        return answer.startsWith("!") ? answer : outcome();
    }

    /** The next report that a listener heard, verified. */
    public UnitReport heard() throws Exception {
        byte[] report = reports.poll(40, TimeUnit.SECONDS);
        if (report == null) {
            throw new AssertionError("no report after " + steps);
        }
        return SignedReport.verified(report, device());
    }

    /** The report that the engine makes when asked, verified. */
    public UnitReport report(String nonce) throws Exception {
        return SignedReport.verified(ask("report", nonce).getBytes(StandardCharsets.UTF_8), device());
    }

    /** Waits until a step begins with this text. */
    public void awaitStep(String text) {
        await(steps, text);
    }

    /** Waits until a capability was asked for something that begins with this text. */
    public void awaitNote(String text) {
        await(notes, text);
    }

    private static void await(List<String> lines, String text) {
        long start = System.nanoTime();
        while (lines.stream().noneMatch(line -> line.startsWith(text))) {
            if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(30)) {
                throw new AssertionError("no line " + text + " in " + lines);
            }
            Thread.onSpinWait();
        }
    }

    /** Waits until the launcher would have halted the process. */
    public String halt() throws InterruptedException {
        return String.valueOf(halts.poll(30, TimeUnit.SECONDS));
    }

    public BlockingQueue<String> restarts() {
        return restarts;
    }

    public List<String> steps() {
        return steps;
    }

    public List<String> notes() {
        return notes;
    }

    public BundleContext context() {
        return (BundleContext) shared.get("context");
    }

    /** What a bundle's service says now, or "" if there is none. */
    public String greeting(String symbolicName) throws Exception {
        var found = context().getServiceReferences(Supplier.class, "(name=" + symbolicName + ")");
        for (ServiceReference<?> reference : found) {
            Object service = context().getService(reference);
            if (service instanceof Supplier<?> supplier) {
                return String.valueOf(supplier.get());
            }
        }
        return "";
    }

    /** A consumer that keeps the service it has until it goes, as a component would. */
    public ServiceTracker<Object, Object> tracker(String symbolicName) throws Exception {
        ServiceTracker<Object, Object> tracker = new ServiceTracker<>(
                context(),
                context().createFilter("(&(objectClass=java.util.function.Supplier)(name=" + symbolicName + "))"),
                null);
        tracker.open();
        return tracker;
    }

    /** Stops the framework. */
    public void close() throws Exception {
        shutdown();
        System.getProperties().remove(id);
    }

    private String device() {
        return Sha256.hex(device.getPublic().getEncoded());
    }

    private void slot() throws Exception {
        Map<String, String> digests = new TreeMap<>();
        Map<String, Path> jars = SlotJars.write(work.resolve("slot-jars"));
        Map<String, Path> files = new TreeMap<>();
        for (Map.Entry<String, Path> jar : jars.entrySet()) {
            Item item = new Item(jar.getValue(), jar.getKey(), "0.1.0", Swap.RESTART, 1, false, List.of());
            Release release = release(item, Kind.SLOT);
            slotItems.add(Assigned.of(release, 1));
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
    }

    private Release release(Item item, Kind kind) throws Exception {
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
}
