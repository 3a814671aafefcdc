package io.sekimori.itests.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The gateway is killed before each call that makes something last, one kill after the other, and at random instants;
 * where the machine permits it, half of the kills are power cuts, after which what was not synced is gone. Each time the
 * next start runs a confirmed generation, the one before or the one after, whole; and what it reports of the interrupted
 * transition is what happened.
 */
class CrashSweepIT {

    private static final int LANES = 2;
    private static final int ASKED = Integer.getInteger("itests.instants", 30);
    private static final boolean NIGHTLY = ASKED >= 1_000;
    private static final long SEED = Long.getLong("itests.seed", new Random().nextLong());
    private static final Share SHARE = Share.asked();
    private static final int INSTANTS = NIGHTLY ? ASKED : SHARE.of(ASKED);
    // For looking at some: each of so many; 0 for this run's share.
    private static final int STRIDE = Integer.getInteger("itests.stride", 0);
    // One lane's kills are power cuts, as far as the machine permits it; 0 and 2 are for looking closer, and for the
    // night.
    private static final int CUT_LANES = Integer.getInteger("itests.cut.lanes", 1);
    // Some 45 as of docs/benchmarks.md, and what else a gateway has to do meanwhile.
    private static final int MOST_SYNCS = 60;
    // A transition that is longer than this many persist points has run away.
    private static final int MOST_POINTS = 1_000;
    private static final int TOLD_EVERY = 50;

    @TempDir
    Path folder;

    @Test
    void killedAtEveryPersistPointOfASwapInTheRunningProcess() throws Exception {
        int points = sweep(Crash.Kind.OVERLAP);

        assertThat(points).as("persist points of a transition").isGreaterThan(20);
    }

    @Test
    void killedAtEveryPersistPointFromTheRestartOn() throws Exception {
        int points = sweep(Crash.Kind.RESTART);

        assertThat(points).as("persist points around a restart").isGreaterThan(5);
    }

    @Test
    void killedAtEveryPersistPointOfTheEnginesOwnSwap() throws Exception {
        // The points before it are those of any swap.
        int points = sweep(Crash.Kind.HANDOVER);

        assertThat(points).as("persist points around a handover").isGreaterThan(5);
    }

    @Test
    void killedAtRandomInstants() throws Exception {
        List<Double> instants = new Random(SEED).doubles(INSTANTS).boxed().toList();
        AtomicInteger next = new AtomicInteger();

        inLanes(Crash.Kind.OVERLAP, CUT_LANES, crashes -> {
            CrashLane.Undisturbed undisturbed = crashes.undisturbed();
            assertThat(undisturbed.syncs())
                    .as("syncs of an update: flash wears")
                    .isBetween(20, MOST_SYNCS);
            int index;
            while ((index = next.getAndIncrement()) < INSTANTS) {
                crashes.killAfter((long) (instants.get(index) * undisturbed.millis()));
                tell("random instants", index + 1);
            }
        });
    }

    @Test
    void aSyncThatFailsIsNeverTakenForOneThatWasMade() throws Exception {
        assumeTrue(NIGHTLY, "each sync fails in the nightly profile alone");

        int syncs = every(point -> true, Crash.Kind.OVERLAP, CUT_LANES, CrashLane::failAt);

        assertThat(syncs).as("syncs of a transition").isGreaterThan(20);
    }

    @Test
    void aDiskThatDiesAtASyncIsBelievedInNothing() throws Exception {
        assumeTrue(NIGHTLY, "a disk dies at each sync in the nightly profile alone");

        int syncs = every(point -> true, Crash.Kind.OVERLAP, CUT_LANES, CrashLane::dieAt);

        assertThat(syncs).as("syncs of a transition").isGreaterThan(20);
    }

    /** Whoever claims nothing then is restarted, and the next start says which generation it is. */
    @Test
    void aPointerThatIsWrittenNeitherForwardNorBackIsReadByTheNextStart() throws Exception {
        try (CrashLane lane = new CrashLane(folder.resolve("pointer"), Crash.Kind.OVERLAP, false)) {
            lane.failAtPointer();
        }
    }

    @Test
    void aPowerCutLosesWhatWasNotSynced() throws Exception {
        Optional<LossyDisk> possible = LossyDisk.at(folder.resolve("disk"));
        assumeTrue(possible.isPresent() || LossyDisk.isDemanded(), "no power cuts: " + LossyDisk.NEEDS);
        try (LossyDisk disk = possible.orElseThrow()) {
            Path kept = folder.resolve("disk/kept");
            Path lost = folder.resolve("disk/lost");
            Files.writeString(kept, "kept");
            disk.sync();
            Files.writeString(lost, "lost");

            disk.losePower();

            assertThat(kept).hasContent("kept");
            assertThat(lost).doesNotExist();
        }
    }

    /** Answers how many points there were. */
    private int sweep(Crash.Kind kind) throws Exception {
        if (!NIGHTLY) {
            return every(CrashSweepIT::isTaken, kind, CUT_LANES, CrashLane::killAt);
        }
        every(point -> true, kind, 0, CrashLane::killAt);
        return every(point -> true, kind, LANES, CrashLane::killAt);
    }

    private static boolean isTaken(int point) {
        return STRIDE > 0 ? (point + SEED) % STRIDE == 0 : SHARE.takes(point);
    }

    private interface Befalling {
        boolean at(CrashLane lane, int point) throws Exception;
    }

    private int every(IntPredicate taken, Crash.Kind kind, int cutLanes, Befalling befalling) throws Exception {
        AtomicInteger next = new AtomicInteger(1);
        AtomicInteger tried = new AtomicInteger();
        AtomicInteger points = new AtomicInteger();
        AtomicBoolean beyondTheLast = new AtomicBoolean();
        inLanes(kind, cutLanes, crashes -> {
            while (!beyondTheLast.get()) {
                int point = next.getAndIncrement();
                assertThat(point).isLessThan(MOST_POINTS);
                if (!taken.test(point)) {
                    continue;
                }
                if (befalling.at(crashes, point)) {
                    tell(kind + " points", tried.incrementAndGet());
                    points.accumulateAndGet(point, Math::max);
                } else {
                    beyondTheLast.set(true);
                }
            }
        });
        System.out.printf("%s: %d of %d points%n", kind, tried.get(), points.get());
        return points.get();
    }

    // The night's run takes an hour: it says where it is.
    private static void tell(String what, int done) {
        if (done % TOLD_EVERY == 0) {
            System.out.printf("-- %s: %d%n", what, done);
        }
    }

    private interface Lane {
        void run(CrashLane crashes) throws Exception;
    }

    private void inLanes(Crash.Kind kind, int cutLanes, Lane lane) throws InterruptedException {
        System.out.printf("-Ditests.seed=%d -Ditests.cut.lanes=%d%n", SEED, cutLanes);
        ExecutorService executor = Executors.newFixedThreadPool(LANES);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < LANES; i++) {
                Path own = folder.resolve("lane-" + cutLanes + "-" + i);
                boolean losesPower = i < cutLanes;
                running.add(executor.submit(() -> {
                    try (CrashLane crashes = new CrashLane(own, kind, losesPower)) {
                        lane.run(crashes);
                    }
                    return null;
                }));
            }
            for (Future<?> each : running) {
                await(each);
            }
        } finally {
            executor.shutdownNow();
        }
    }

    private static void await(Future<?> lane) throws InterruptedException {
        try {
            lane.get();
        } catch (ExecutionException e) {
            throw new AssertionError("with -Ditests.seed=" + SEED, e.getCause());
        }
    }
}
