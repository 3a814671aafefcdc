package io.sekimori.launcher.main;

import io.sekimori.generation.GenerationBundle;
import io.sekimori.generation.GenerationVerifier;
import io.sekimori.generation.Unit;
import io.sekimori.generation.Verification;
import io.sekimori.itests.support.Bench;
import io.sekimori.itests.support.DeviceKey;
import io.sekimori.itests.support.Factory;
import io.sekimori.itests.support.Parts;
import io.sekimori.itests.support.Workshop;
import io.sekimori.launcher.StartReason;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.wiring.FrameworkWiring;

/**
 * The launcher around the framework of a test container: its own gate, hook, rehearsals and deadline, with two seams
 * of its own package: a halt is noted and not done, and the bundles of the test container may resolve.
 *
 * <p>Lives outside the framework, with the launcher's classes.
 */
final class LaunchedBench implements Bench {

    private final Path folder;
    private final Unit unit;
    private final String device;
    private final Map<String, Map<String, Object>> configurations;
    private final Workshop workshop;
    private final Choice.Chosen chosen;
    private final HaltingDeadline deadline;
    private final SystemServices services;
    private final BenchHook.Residents residents = new BenchHook.Residents();
    private final AtomicBoolean restartWanted = new AtomicBoolean();
    private final List<Integer> halts = new CopyOnWriteArrayList<>();
    private final AtomicInteger numbers = new AtomicInteger();
    private final AtomicReference<Parts> running;

    /** Makes a unit in {@code folder} with these parts as generation 1, and verifies it as a start does. */
    LaunchedBench(Path folder, Parts parts, Map<String, Map<String, Object>> configurations) throws IOException {
        this.folder = folder;
        this.unit = new Unit(folder.resolve("unit"));
        this.device = DeviceKey.make(unit.directory());
        this.configurations = configurations;
        this.running = new AtomicReference<>(parts);
        this.workshop = Workshop.in(folder.resolve("workshop"));
        new Factory(workshop).make(unit.directory(), device, parts, configurations);
        if (!(new GenerationVerifier(unit).verify(1) instanceof Verification.Verified verified)) {
            throw new IllegalStateException("generation 1 does not verify");
        }
        this.chosen = new Choice.Chosen(verified, StartReason.NORMAL, Optional.empty(), List.of());
        Lines lines = new Lines(System.err);
        this.deadline = new HaltingDeadline(
                new LastWordsWriter(unit, 1, Clock.systemUTC(), lines), lines, code -> halts.add(code.code()));
        deadline.start();
        this.services = new SystemServices(
                unit,
                new SecondFramework(unit, Scratch.of(unit, Map.of()), lines),
                why -> restartWanted.set(true),
                lines);
    }

    /**
     * Does what the launcher does when the framework is initialised, then installs and starts generation 1 through the
     * gate. What was installed before belongs to the test container; from now on nothing may resolve that did not come
     * through the gate.
     */
    void begin(BundleContext system) throws BundleException {
        residents.are(system.getBundles());
        services.start(BenchHook.around(system, residents));
        services.offer(chosen, deadline);
        system.registerService(Bench.class, this, null);
        List<Bundle> bundles = new ArrayList<>();
        for (GenerationBundle each : chosen.verified().generation().bundles()) {
            bundles.add(services.gate().install(each.sha256(), each.startLevel()));
        }
        system.getBundle().adapt(FrameworkWiring.class).resolveBundles(bundles);
        for (Bundle bundle : bundles) {
            bundle.start(Bundle.START_ACTIVATION_POLICY);
        }
    }

    @Override
    public Path unit() {
        return unit.directory();
    }

    @Override
    public String device() {
        return device;
    }

    @Override
    public Path folder() {
        return folder;
    }

    @Override
    public int next() {
        return numbers.incrementAndGet();
    }

    @Override
    public Parts running() {
        return running.get();
    }

    @Override
    public void runs(Parts parts) {
        running.set(parts);
    }

    @Override
    public Path pack(Parts parts) throws IOException {
        return workshop.pack(newFile(), device, parts, configurations);
    }

    @Override
    public Path pack(Parts parts, String pid, Map<String, Object> values) throws IOException {
        Map<String, Map<String, Object>> all = new HashMap<>(configurations);
        all.put(pid, values);
        return workshop.pack(newFile(), device, parts, all);
    }

    @Override
    public Path newFile() {
        return folder.resolve(next() + ".pack");
    }

    @Override
    public Workshop workshop() {
        return workshop;
    }

    @Override
    public boolean restartWanted() {
        return restartWanted.get();
    }

    @Override
    public List<Integer> halts() {
        return List.copyOf(halts);
    }
}
