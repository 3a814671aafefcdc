package io.sekimori.itests.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The gateway is killed before each call that makes something last, one kill after the other, and at random instants.
 * Each time the next start runs a confirmed generation, the one before or the one after, whole; and what it reports of
 * the interrupted transition is what happened.
 */
class CrashSweepIT {

    private static final int LANES = 2;
    private static final int INSTANTS = Integer.getInteger("itests.instants", 30);
    private static final boolean NIGHTLY = INSTANTS >= 1_000;
    private static final long SEED = Long.getLong("itests.seed", new Random().nextLong());
    // The points are those of our code, the same on every Java: on a later one than the first a part of them is enough.
    private static final int STRIDE =
            Integer.getInteger("itests.stride", Runtime.version().feature() == 17 ? 1 : 5);
    // A transition that is longer than this many persist points has run away.
    private static final int MOST_POINTS = 1_000;

    @TempDir
    Path folder;

    @Test
    void killedAtEveryPersistPointOfASwapInTheRunningProcess() throws Exception {
        int points = sweep(Crash.Kind.OVERLAP, STRIDE);

        assertThat(points).as("persist points of a transition").isGreaterThan(20);
    }

    @Test
    void killedAtEveryPersistPointFromTheRestartOn() throws Exception {
        // Each of these takes three starts; the nightly profile takes every point.
        int points = sweep(Crash.Kind.RESTART, NIGHTLY ? 1 : 4 * STRIDE);

        assertThat(points).as("persist points around a restart").isGreaterThan(5);
    }

    @Test
    void killedAtEveryPersistPointOfTheEnginesOwnSwap() throws Exception {
        // The points before it are those of any swap; the nightly profile takes every point.
        int points = sweep(Crash.Kind.HANDOVER, NIGHTLY ? 1 : 4 * STRIDE);

        assertThat(points).as("persist points around a handover").isGreaterThan(5);
    }

    @Test
    void killedAtRandomInstants() throws Exception {
        System.out.printf("random instants: -Ditests.seed=%d%n", SEED);
        Random random = new Random(SEED);
        List<Double> instants = random.doubles(INSTANTS).boxed().toList();
        AtomicInteger next = new AtomicInteger();

        inLanes(lane -> {
            try (CrashLane crashes = new CrashLane(lane, Crash.Kind.OVERLAP)) {
                long transitionMillis = crashes.undisturbedMillis();
                int index;
                while ((index = next.getAndIncrement()) < INSTANTS) {
                    crashes.killAfter((long) (instants.get(index) * transitionMillis));
                }
            }
        });
    }

    /** Answers how many points there were. */
    private int sweep(Crash.Kind kind, int stride) throws Exception {
        AtomicInteger next = new AtomicInteger(1);
        AtomicInteger points = new AtomicInteger();
        AtomicBoolean beyondTheLast = new AtomicBoolean();
        inLanes(lane -> {
            try (CrashLane crashes = new CrashLane(lane, kind)) {
                while (!beyondTheLast.get()) {
                    int point = next.getAndAdd(stride);
                    assertThat(point).isLessThan(MOST_POINTS);
                    if (crashes.killAt(point)) {
                        points.accumulateAndGet(point, Math::max);
                    } else {
                        beyondTheLast.set(true);
                    }
                }
            }
        });
        System.out.printf("%s: killed at persist points up to %d, in steps of %d%n", kind, points.get(), stride);
        return points.get();
    }

    private interface Lane {
        void run(Path lane) throws Exception;
    }

    private void inLanes(Lane lane) throws InterruptedException {
        ExecutorService executor = Executors.newFixedThreadPool(LANES);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < LANES; i++) {
                Path own = folder.resolve("lane-" + i);
                running.add(executor.submit(() -> {
                    lane.run(own);
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
