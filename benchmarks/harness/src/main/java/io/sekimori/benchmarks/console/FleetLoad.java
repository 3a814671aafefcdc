package io.sekimori.benchmarks.console;

import io.sekimori.benchmarks.Samples;
import io.sekimori.benchmarks.Setting;
import io.sekimori.itests.fleet.Proofs;
import io.sekimori.itests.fleet.Rest;
import io.sekimori.itests.fleet.Rollout;
import io.sekimori.itests.fleet.RunningConsole;
import io.sekimori.itests.fleet.SimulatedFleet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Gateways that do one thing after the other, and what the console's process spends on it. What it does anyway, about one
 * percent of a processor, is in all figures. Confined to one thread.
 */
final class FleetLoad {

    private static final int ENROLMENTS_PER_SECOND = 30;
    private static final int CONNECTIONS_PER_SECOND = 15;
    private static final int POLLING = 200;
    private static final int POLL_SECONDS = 10;
    private static final String ALL = "simulated-";
    private static final String ONE = "simulated-000001";

    private final RunningConsole console;
    private final Setting setting;
    private final int gateways;
    private final int rounds;
    private final Path folder;
    private final Rest rest;
    private SimulatedFleet fleet;
    private int version;

    FleetLoad(RunningConsole console, Setting setting, int gateways, int rounds) throws IOException {
        this.console = console;
        this.setting = setting;
        this.gateways = gateways;
        this.rounds = rounds;
        this.folder = setting.work().resolve("fleet");
        this.rest = console.rest();
        this.fleet = SimulatedFleet.start(console, folder, gateways, ENROLMENTS_PER_SECOND, "--apply", "0");
    }

    /** What rollouts cost the console's processor for each gateway, and how long they took. */
    record Cycles(Samples processorMillis, Samples allMillis, Samples oneMillis) {}

    /** Enrols all, and answers the processor time of one in each part of them; a part that is over when it is its turn is left out. */
    Samples enrolments() throws IOException {
        List<Double> samples = new ArrayList<>();
        fleet.await("enrolled", 1);
        for (int round = 1; round <= rounds; round++) {
            setting.progress().step("enrolments, part " + round + " of " + rounds);
            double before = millis();
            long from = fleet.count("reported");
            long until = (long) gateways * round / rounds;
            if (from >= until) {
                continue;
            }
            fleet.await("reported", until);
            samples.add(told((millis() - before) / (fleet.count("reported") - from)));
        }
        new Proofs(rest, ConsoleBenchmark.APP).await("1.0.0", gateways); // the console has read the last, too
        return warm(samples);
    }

    Cycles cycles() throws IOException {
        List<Double> processor = new ArrayList<>();
        List<Double> all = new ArrayList<>();
        List<Double> one = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            setting.progress().step("rollout " + (round + 1) + " of " + rounds);
            double before = millis();
            all.add(roll(ALL, gateways));
            processor.add(told((millis() - before) / gateways));
            one.add(roll(ONE, 1));
        }
        fleet.close();
        return new Cycles(warm(processor), warm(all), warm(one));
    }

    private double roll(String serial, long expected) throws IOException {
        long began = System.nanoTime();
        Rollout rollout = Rollout.begin(rest, serial, ConsoleBenchmark.APP, next());
        rollout.awaitEnd();
        double took = (System.nanoTime() - began) / 1e6;
        if (rollout.count("CONFIRMED") != expected) {
            throw new IOException("not all gateways proved it: " + rollout.describe());
        }
        return took;
    }

    /** Has some of the gateways ask for their assignment so often, and answers the processor time of one poll. */
    Samples polls(int everySeconds) throws IOException, InterruptedException {
        int asking = Math.min(gateways, POLLING);
        List<Double> samples = new ArrayList<>();
        try (SimulatedFleet asks = SimulatedFleet.start(
                console, folder, asking, CONNECTIONS_PER_SECOND, "--poll", Integer.toString(everySeconds))) {
            asks.await("polled", asking); // all are connected: each first asks within the interval, and then on
            for (int round = 0; round < rounds; round++) {
                setting.progress().step("polls every " + everySeconds + " s, part " + (round + 1) + " of " + rounds);
                double before = millis();
                long from = asks.count("polled");
                ConsoleBenchmark.rest(POLL_SECONDS);
                asks.await("polled", from + 1);
                samples.add(told((millis() - before) / (asks.count("polled") - from)));
            }
        }
        return warm(samples);
    }

    /**
     * How long it takes until all have an assignment that is signed and recorded, while none of them is connected. Once:
     * who has an assignment that it did not take gets none of another rollout.
     */
    Samples assignments() throws IOException {
        setting.progress().step("assignments");
        long began = System.nanoTime();
        Rollout rollout = Rollout.begin(rest, ALL, ConsoleBenchmark.APP, next());
        rollout.awaitNone("WAITING");
        double took = (System.nanoTime() - began) / 1e6;
        if (rollout.count("ASSIGNED") != gateways) {
            throw new IOException("not all gateways were assigned: " + rollout.describe());
        }
        return Samples.of(took);
    }

    /** What is left when the earlier half has warmed the console up: compiled code, caches, a grown heap. */
    private static Samples warm(List<Double> samples) {
        return new Samples(samples.subList(samples.size() / 2, samples.size()));
    }

    private String next() {
        version++;
        return "1." + version + ".0";
    }

    /** Says each sample at once: how they change shows how cold the console still is. */
    private double told(double millis) {
        setting.progress().step(String.format(Locale.ROOT, "%.2f ms of CPU", millis));
        return millis;
    }

    private double millis() throws IOException {
        return console.processorTime().toNanos() / 1e6;
    }
}
