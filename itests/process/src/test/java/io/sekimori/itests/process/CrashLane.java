package io.sekimori.itests.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sekimori.control.socket.ControlClient;
import io.sekimori.itests.support.Part;
import io.sekimori.itests.support.Parts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One unit that suffers one crash after the other, each in a transition of its own, and is looked at after each.
 * Confined to one thread.
 */
final class CrashLane implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration NO_PATIENCE = Duration.ofMillis(1);
    private static final Duration RESTART_PATIENCE = Duration.ofSeconds(30);
    private static final int KILLED = 128 + 9;
    private static final int NEVER = Integer.MAX_VALUE;
    private static final String POINTER_IS_RENAMED = "rename state/.confirmed.json.tmp";
    private static final String ENGINE = "io.sekimori.update.engine";

    /** What befalls it at the point. */
    private enum Befalls {
        KILL,
        FAILING_SYNC,
        DYING_DISK
    }

    private final Crash.Kind kind;
    private final Optional<LossyDisk> disk;
    private final TestUnit unit;
    private final Survivor survivor;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final AtomicInteger point = new AtomicInteger(NEVER);
    private final AtomicInteger passed = new AtomicInteger();
    private final AtomicInteger syncs = new AtomicInteger();
    private final AtomicBoolean armed = new AtomicBoolean();
    private volatile Befalls befalls = Befalls.KILL;
    private volatile boolean failsAtPointer;
    private volatile boolean dying;
    private GatewayChild gateway;

    /**
     * @param losesPower whether each kill is a power cut, after which what was not synced is gone; where the machine
     *     does not permit such a disk, it is a kill as without
     */
    CrashLane(Path folder, Crash.Kind kind, boolean losesPower) throws IOException, InterruptedException {
        this.kind = kind;
        this.disk = losesPower ? LossyDisk.at(folder.resolve("unit")) : Optional.empty();
        assertThat(losesPower && disk.isEmpty() && LossyDisk.isDemanded())
                .as("kills that were to be power cuts: " + LossyDisk.NEEDS)
                .isFalse();
        this.unit = TestUnit.make(folder, folder.resolve("unit"), Map.of("tries", 2L));
        DebuggedJava.putUnder(unit.unit(), folder.resolve("java"));
        if (disk.isPresent()) {
            disk.get().sync();
        }
        this.gateway = start();
        this.survivor = new Survivor(unit, gateway.awaitReady());
    }

    /** Kills it before its {@code point}th call that makes something last; false if there are not so many. */
    boolean killAt(int wanted) throws Exception {
        point.set(wanted);
        passed.set(0);
        Crash crash = new Crash();
        Part next = next();
        crash.ask(client(), pack(next), gateway, this::arm);
        boolean killed = !gateway.isAlive() || passed.get() >= wanted;
        settle(
                crash,
                next,
                killed ? Survivor.Fault.KILL : Survivor.Fault.NONE,
                "killed before persist point " + wanted);
        return killed;
    }

    /**
     * Has its {@code point}th sync fail, as a disk does that is dying; false if there are not so many. Afterwards it is
     * killed: the next start finds what ran.
     */
    boolean failAt(int wanted) throws Exception {
        point.set(wanted);
        passed.set(0);
        befalls = Befalls.FAILING_SYNC;
        Crash crash = new Crash();
        Part next = next();
        crash.ask(client(), pack(next), gateway, this::arm);
        boolean failed = passed.get() >= wanted;
        String what = "sync " + wanted + " fails";
        settle(crash, next, failed ? Survivor.Fault.DISK : Survivor.Fault.NONE, what);
        befalls = Befalls.KILL;
        if (failed) {
            gateway.killNow();
            startAgain(what);
            survivor.demandTheSame(gateway, what + ", and it is killed afterwards");
        }
        return failed;
    }

    /**
     * Has every sync fail from its {@code point}th on, until it is killed after it has answered or restarts by itself; false
     * if there are not so many.
     */
    boolean dieAt(int wanted) throws Exception {
        point.set(wanted);
        passed.set(0);
        befalls = Befalls.DYING_DISK;
        Crash crash = new Crash();
        Part next = next();
        crash.ask(patientClient(), pack(next), gateway, this::arm);
        armed.set(false);
        befalls = Befalls.KILL;
        boolean failed = passed.get() >= wanted;
        String what = "every sync from " + wanted + " on fails";
        if (failed) {
            gateway.killNow();
            startAgain(what);
        }
        survivor.demandTruth(gateway, crash, next, failed ? Survivor.Fault.DISK : Survivor.Fault.NONE, what);
        return failed;
    }

    /** Has every sync fail once the pointer is renamed, until it restarts: it is written neither forward nor back. */
    void failAtPointer() throws Exception {
        failsAtPointer = true;
        Crash crash = new Crash();
        Part next = next();
        crash.ask(patientClient(), pack(next), gateway, phase -> {});
        gateway.awaitReady(2);
        survivor.demandTruth(gateway, crash, next, Survivor.Fault.DISK, "the pointer is written neither way");
    }

    private void arm(String phase) {
        armed.compareAndSet(false, phase.equals(kind.from()));
    }

    /** Kills it so long after the update was asked for, wherever it is then. */
    void killAfter(long millis) throws Exception {
        Crash crash = new Crash();
        Part next = next();
        Path pack = pack(next);
        AtomicBoolean killed = new AtomicBoolean();
        GatewayChild victim = gateway;
        timer.schedule(
                () -> {
                    killed.set(true);
                    victim.killNow();
                },
                millis,
                TimeUnit.MILLISECONDS);
        crash.ask(client(), pack, gateway, phase -> {});
        await().atMost(PATIENCE).untilTrue(killed);
        settle(crash, next, Survivor.Fault.KILL, "killed " + millis + " ms after it was asked");
    }

    /**
     * What a transition takes that nobody disturbs.
     *
     * @param syncs of files and folders, as far as they are made by channels
     */
    record Undisturbed(long millis, int syncs) {}

    /** Makes a transition that nobody disturbs. */
    Undisturbed undisturbed() throws Exception {
        syncs.set(0);
        long began = System.nanoTime();
        Crash crash = new Crash();
        Part next = next();
        crash.ask(client(), pack(next), gateway, phase -> {});
        long took = System.nanoTime() - began;
        int counted = syncs.get();
        settle(crash, next, Survivor.Fault.NONE, "not killed");
        return new Undisturbed(TimeUnit.NANOSECONDS.toMillis(took), counted);
    }

    @Override
    public void close() throws IOException {
        gateway.close();
        timer.shutdownNow();
        if (disk.isPresent()) {
            disk.get().close();
        }
    }

    /** Whether its kills are power cuts. */
    boolean losesPower() {
        return disk.isPresent();
    }

    private Part next() {
        return kind == Crash.Kind.RESTART ? unit.well().restart() : unit.well();
    }

    private Path pack(Part next) throws IOException {
        Parts parts = Parts.gateway().with(next);
        return unit.pack(kind == Crash.Kind.HANDOVER ? parts.swapped(unit.edition(ENGINE)) : parts);
    }

    // Only a gateway that hands over or restarts is waited for: one that was killed does not come back by itself.
    private ControlClient client() {
        return new ControlClient(unit.unit().controlSocket(), kind == Crash.Kind.OVERLAP ? NO_PATIENCE : PATIENCE);
    }

    private ControlClient patientClient() {
        return new ControlClient(unit.unit().controlSocket(), RESTART_PATIENCE);
    }

    private GatewayChild start() throws IOException {
        Breakpoints breakpoints = new Breakpoints(unit.unit().directory(), this::reached);
        return GatewayChild.start(unit.unit().directory(), DebuggedJava.listening(port -> {
            dying = false;
            failsAtPointer = false;
            breakpoints.attach(port);
        }));
    }

    private boolean reached(String call) {
        if (failsAtPointer && call.equals(POINTER_IS_RENAMED)) {
            dying = true;
        }
        if (call.equals(Breakpoints.SYNC)) {
            syncs.incrementAndGet();
            if (dying) {
                return true;
            }
        }
        boolean counts = armed.get() && (befalls == Befalls.KILL || call.equals(Breakpoints.SYNC));
        if (!counts || passed.incrementAndGet() != point.get()) {
            return false;
        }
        if (befalls == Befalls.KILL) {
            gateway.killNow();
            return false;
        }
        dying = befalls == Befalls.DYING_DISK;
        return true;
    }

    private void settle(Crash crash, Part next, Survivor.Fault fault, String how) throws Exception {
        armed.set(false);
        String what = how;
        if (fault == Survivor.Fault.KILL) {
            what += losesPower() ? ", with the power" : "";
            startAgain(what);
        }
        survivor.demandTruth(gateway, crash, next, fault, what);
    }

    private void startAgain(String what) throws Exception {
        assertThat(gateway.awaitExit()).as(what + "\n" + gateway.output()).isEqualTo(KILLED);
        if (losesPower()) {
            disk.get().losePower();
        }
        gateway = start();
        gateway.awaitReady();
    }
}
