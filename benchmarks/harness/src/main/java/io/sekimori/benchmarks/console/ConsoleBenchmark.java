package io.sekimori.benchmarks.console;

import io.sekimori.benchmarks.Benchmark;
import io.sekimori.benchmarks.Figure;
import io.sekimori.benchmarks.Goal;
import io.sekimori.benchmarks.Samples;
import io.sekimori.benchmarks.Setting;
import io.sekimori.itests.fleet.RunningConsole;
import io.sekimori.itests.support.BundleJar;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The console as installed, on H2, with its broker beside it and simulated gateways as load: its start, its memory, and
 * what its process spends on each thing. hawkBit stands beside it with figures that were measured elsewhere.
 */
public final class ConsoleBenchmark implements Benchmark {

    /** What gateways are to run, in many versions. */
    static final String APP = "org.example.app";

    private static final int VERSIONS = 40;
    private static final int REST_SECONDS = 5;
    private static final String HAWKBIT = "hawkBit 0.9.0, measured elsewhere";

    @Override
    public String name() {
        return "console";
    }

    @Override
    public String about() {
        return "the console under simulated gateways, against goals and hawkBit's figures";
    }

    @Override
    public List<Figure> measure(Setting setting) throws IOException, InterruptedException {
        int gateways = setting.rounds(1_000, 40);
        int rounds = setting.rounds(6, 1);
        setting.progress().step("makes a console");
        try (RunningConsole console = RunningConsole.begin(setting.work(), releases(setting))) {
            List<Figure> figures = new ArrayList<>(starts(console, setting, setting.rounds(5, 1)));
            FleetLoad load = new FleetLoad(console, setting, gateways, rounds);
            figures.add(figure(
                    "console: one enrolment, EST to the first report",
                    "ms of CPU",
                    load.enrolments(),
                    "-",
                    Samples.of(0),
                    new Goal.None()));
            FleetLoad.Cycles cycles = load.cycles();
            figures.add(figure(
                    "console: one update, from the rollout to the proof, of " + gateways + " gateways",
                    "ms of CPU",
                    cycles.processorMillis(),
                    HAWKBIT,
                    Samples.of(43),
                    new Goal.AtMost(5)));
            figures.add(figure(
                    "console: rollout of one gateway, started to confirmed, nothing installed",
                    "ms",
                    cycles.oneMillis(),
                    "-",
                    Samples.of(0),
                    new Goal.None()));
            figures.add(figure(
                    "console: the same of " + gateways + " gateways",
                    "ms",
                    cycles.allMillis(),
                    "-",
                    Samples.of(0),
                    new Goal.None()));
            figures.add(poll("console: one poll on an open connection", load.polls(2)));
            figures.add(poll("console: one poll with a TLS connection of its own", load.polls(15)));
            figures.add(figure(
                    "console: " + gateways + " gateways assigned, H2",
                    "ms",
                    load.assignments(),
                    HAWKBIT,
                    Samples.of(10_000, 18_000),
                    new Goal.AtMost(500)));
            return figures;
        }
    }

    private static List<Path> releases(Setting setting) {
        List<Path> jars = new ArrayList<>();
        for (int minor = 0; minor < VERSIONS; minor++) {
            jars.add(BundleJar.empty(APP, "1." + minor + ".0")
                    .into(setting.work().resolve("jars")));
        }
        return jars;
    }

    private static List<Figure> starts(RunningConsole console, Setting setting, int rounds)
            throws IOException, InterruptedException {
        List<Double> millis = new ArrayList<>();
        List<Double> megabytes = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            setting.progress().step("start " + (round + 1) + " of " + rounds);
            millis.add(console.restart().toNanos() / 1e6);
            rest(REST_SECONDS);
            megabytes.add(console.residentMib() * 1.048576);
        }
        return List.of(
                figure(
                        "console: start to answering",
                        "ms",
                        new Samples(millis),
                        HAWKBIT,
                        Samples.of(44_600),
                        new Goal.AtMost(5_000)),
                figure(
                        "console: RSS " + REST_SECONDS + " s later, idle",
                        "MB",
                        new Samples(megabytes),
                        HAWKBIT,
                        Samples.of(448, 759),
                        new Goal.AtMost(300)));
    }

    /** Lets time pass. */
    static void rest(int seconds) throws InterruptedException {
        new CountDownLatch(1).await(seconds, TimeUnit.SECONDS);
    }

    private static Figure poll(String what, Samples samples) {
        return figure(what, "ms of CPU", samples, HAWKBIT, Samples.of(4.9), new Goal.AtMost(0.5));
    }

    private static Figure figure(String what, String unit, Samples ours, String against, Samples theirs, Goal goal) {
        return new Figure(what, unit, ours, against, theirs, goal);
    }
}
