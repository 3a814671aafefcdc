package io.sekimori.update.engine.lab;

import io.sekimori.generation.Confirmed;
import io.sekimori.generation.Generation;
import io.sekimori.generation.Generations;
import io.sekimori.generation.Nameplate;
import io.sekimori.generation.Pointer;
import io.sekimori.generation.Unit;
import io.sekimori.launcher.main.InProcess;
import io.sekimori.launcher.testkit.TestBundle;
import io.sekimori.trust.Acceptance;
import io.sekimori.trust.Kind;
import io.sekimori.trust.Release;
import io.sekimori.trust.Sha256;
import io.sekimori.trust.SignedReport;
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
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;

/** A unit with real signatures, the real launcher's framework in this process, and the engine as a bundle in it. */
public final class Lab {

    private final Path work;
    private final Unit unit;
    private final Office office;
    private final Packs packs;
    private KeyPair device;
    private final String id = "lab-" + UUID.randomUUID();
    private final Map<String, Object> shared = new ConcurrentHashMap<>();
    private final BlockingQueue<String> restarts = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> halts = new LinkedBlockingQueue<>();
    private final List<String> steps = new CopyOnWriteArrayList<>();
    private final List<String> notes = new CopyOnWriteArrayList<>();
    private final BlockingQueue<String> ends = new LinkedBlockingQueue<>();
    private final BlockingQueue<byte[]> reports = new LinkedBlockingQueue<>();
    private Optional<InProcess> process = Optional.empty();

    public Lab(Path work) throws Exception {
        this.work = work;
        this.unit = new Unit(work.resolve("unit"));
        this.office = new Office(work, this::device);
        newDeviceKey();
        shared.putAll(Map.of("steps", steps, "notes", notes, "ends", ends, "reports", reports));
        policy(Map.of("probation.seconds", 0, "settle.seconds", 2, "deadline.seconds", 20));
        System.getProperties().put(id, shared);
        Files.createDirectories(unit.trust());
        Files.write(unit.releaseAnchor(), office.releases().anchor());
        Files.write(unit.directorAnchor(), office.director().anchor());
        Files.write(unit.nameplate(), new Nameplate(Office.MODEL, "L-1").bytes());
        this.packs = new Packs(work, id, office, office.slot(unit, work.resolve("slot-jars")), this::device);
    }

    public Unit unit() {
        return unit;
    }

    /** Whoever signs for the unit. */
    public Office office() {
        return office;
    }

    /** What the unit is assigned. */
    public Packs packs() {
        return packs;
    }

    /** The engine's configuration; for the next start. */
    public void policy(Map<String, Object> policy) {
        shared.put("policy", policy);
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
        Acceptance acceptance = new UpdateVerifier(
                        unit.metadata(),
                        office.releases().anchor(),
                        office.director().anchor())
                .verify(
                        office.releases().metadata(),
                        office.director().metadata(device()),
                        new UnitFacts(device(), Office.MODEL),
                        Map.of(),
                        Instant.now());
        Acceptance.Accepted accepted = (Acceptance.Accepted) acceptance;
        for (Release release : accepted.releases()) {
            if (release.kind() == Kind.BUNDLE) {
                try (InputStream in = office.releases().targets().open(release)) {
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

    /** A pack that assigns the platform and these bundles. */
    public Path pack(Item... items) throws Exception {
        return packs.pack(items);
    }

    /**
     * What who owns the console has: its files, and the keys of timestamp, snapshot and director.
     *
     * @param pack what it sent last
     */
    public Intruder intruder(Path pack) throws Exception {
        return office.intruder(pack, work);
    }

    /** What a wipe leaves; for the next start. */
    public void newDeviceKey() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        device = generator.generateKeyPair();
        shared.put("device", device);
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
}
