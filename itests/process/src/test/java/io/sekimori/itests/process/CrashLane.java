package io.sekimori.itests.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sekimori.control.socket.ControlClient;
import io.sekimori.itests.support.Part;
import io.sekimori.itests.support.Parts;
import io.sekimori.trust.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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
    private static final int KILLED = 128 + 9;
    private static final int NEVER = Integer.MAX_VALUE;
    private static final String ENGINE = "io.sekimori.update.engine";

    private final Crash.Kind kind;
    private final TestUnit unit;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final AtomicInteger point = new AtomicInteger(NEVER);
    private final AtomicInteger passed = new AtomicInteger();
    private final AtomicBoolean armed = new AtomicBoolean();
    private GatewayChild gateway;
    private Part runs;
    private int generation;

    CrashLane(Path folder, Crash.Kind kind) throws IOException, InterruptedException {
        this.kind = kind;
        this.unit = TestUnit.make(folder, folder.resolve("unit"), Map.of("tries", 2L));
        DebuggedJava.putUnder(unit.unit(), folder.resolve("java"));
        this.runs = unit.firstEdition();
        this.gateway = start();
        this.generation = gateway.awaitReady();
    }

    /** Kills it before its {@code point}th call that makes something last; false if there are not so many. */
    boolean killAt(int wanted) throws Exception {
        point.set(wanted);
        passed.set(0);
        Crash crash = new Crash();
        Part next = next();
        crash.ask(client(), pack(next), gateway, phase -> armed.compareAndSet(false, phase.equals(kind.from())));
        boolean killed = !gateway.isAlive() || passed.get() >= wanted;
        settle(crash, next, killed, "killed before persist point " + wanted);
        return killed;
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
        settle(crash, next, true, "killed " + millis + " ms after it was asked");
    }

    /** How long a transition takes that nobody disturbs. */
    long undisturbedMillis() throws Exception {
        long began = System.nanoTime();
        Crash crash = new Crash();
        Part next = next();
        crash.ask(client(), pack(next), gateway, phase -> {});
        long took = System.nanoTime() - began;
        settle(crash, next, false, "not killed");
        return TimeUnit.NANOSECONDS.toMillis(took);
    }

    @Override
    public void close() {
        gateway.close();
        timer.shutdownNow();
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
        return new ControlClient(
                unit.unit().controlSocket(), kind == Crash.Kind.OVERLAP ? NO_PATIENCE : Duration.ofSeconds(15));
    }

    private GatewayChild start() throws IOException {
        Breakpoints breakpoints = new Breakpoints(unit.unit().directory(), this::reached);
        return GatewayChild.start(unit.unit().directory(), DebuggedJava.listening(breakpoints::attach));
    }

    private void reached(String call) {
        if (armed.get() && passed.incrementAndGet() == point.get()) {
            gateway.killNow();
        }
    }

    private void settle(Crash crash, Part next, boolean killed, String what) throws Exception {
        armed.set(false);
        if (killed) {
            assertThat(gateway.awaitExit()).as(what + "\n" + gateway.output()).isEqualTo(KILLED);
            gateway = start();
            gateway.awaitReady();
        }
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(unit.unit().transitionFile()).doesNotExist());
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(unit.answers()).isTrue());
        int confirmed = unit.confirmed();
        boolean forward = confirmed != generation;

        assertThat(unit.verifies(confirmed)).as(what).isTrue();
        assertThat(unit.fixtures()).as(what).isEqualTo(List.of((forward ? next : runs).version() + " ACTIVE"));
        assertThat(unit.states(ENGINE)).as(what).hasSize(1).allMatch(state -> state.endsWith(" ACTIVE"));
        assertThat(gateway.output()).as(what).doesNotContain("bundles not started");
        if (crash.id().isPresent()) {
            assertTrue(report(crash.id().get()), confirmed, forward, killed, what);
        }
        if (!killed) {
            assertThat(crash.reply())
                    .as(what + "\n" + gateway.output())
                    .containsInstanceOf(ControlClient.Reply.Answer.class);
            assertThat(forward).as(what).isTrue();
        }
        if (forward) {
            generation = confirmed;
            runs = next;
        }
    }

    private void assertTrue(Optional<JsonObject> report, int confirmed, boolean forward, boolean killed, String what)
            throws Exception {
        if (report.isEmpty()) {
            // Killed before the journal was written: nothing was begun that could be reported.
            assertThat(forward || !killed).as(what + ": no report").isFalse();
            return;
        }
        assertThat(report.get().number("running")).as(what).isEqualTo(confirmed);
        assertThat(report.get().number("from")).as(what).isEqualTo(generation);
        assertThat(report.get().string("outcome").equals("CONFIRMED"))
                .as(what + ": " + report.get().asMap())
                .isEqualTo(forward);
    }

    private Optional<JsonObject> report(String id) throws Exception {
        for (JsonObject each : unit.transitions()) {
            if (each.string("id").equals(id)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }
}
