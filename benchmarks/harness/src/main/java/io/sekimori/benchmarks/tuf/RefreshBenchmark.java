package io.sekimori.benchmarks.tuf;

import io.sekimori.benchmarks.Benchmark;
import io.sekimori.benchmarks.Figure;
import io.sekimori.benchmarks.Goal;
import io.sekimori.benchmarks.Samples;
import io.sekimori.benchmarks.Setting;
import io.sekimori.benchmarks.cli.Command;
import io.sekimori.benchmarks.maker.Feature;
import io.sekimori.benchmarks.maker.Maker;
import io.sekimori.trust.Sha256;
import io.sekimori.trust.TufClient;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A refresh of a repository with the gateway as shipped, in which nothing is new: what it asks for, and what it takes. */
public final class RefreshBenchmark implements Benchmark {

    private static final double GOAL_MILLIS = 500;

    @Override
    public String name() {
        return "tuf";
    }

    @Override
    public String about() {
        return "a TUF refresh with nothing new, against the first one and an empty Java program";
    }

    @Override
    public List<Figure> measure(Setting setting) throws IOException {
        setting.progress().step("releases the gateway as shipped");
        Maker maker = Maker.in(setting.work().resolve("maker"));
        maker.assign(Sha256.hex(new byte[0]), Feature.bundles(setting), Map.of());
        Path trusted = setting.work().resolve("trusted");
        TufClient.init(trusted, maker.releaseAnchor());
        try (ServedMetadata served = ServedMetadata.of(
                setting.work().resolve("maker/releases/metadata").toAbsolutePath())) {
            refresh(trusted, served);
            double firstRequests = served.requests();
            double firstBytes = served.bytes();
            refresh(trusted, served);
            double requests = served.requests() - firstRequests;
            double bytes = served.bytes() - firstBytes;
            List<Figure> figures = new ArrayList<>(List.of(
                    new Figure(
                            "TUF refresh with nothing new, the gateway as shipped",
                            "requests",
                            Samples.of(requests),
                            "the first refresh",
                            Samples.of(firstRequests),
                            new Goal.None()),
                    new Figure(
                            "the same",
                            "bytes",
                            Samples.of(bytes),
                            "the first refresh",
                            Samples.of(firstBytes),
                            new Goal.None())));
            figures.addAll(times(setting, trusted, served));
            return figures;
        }
    }

    private static List<Figure> times(Setting setting, Path trusted, ServedMetadata served) throws IOException {
        Command command = new Command(
                List.of(
                        setting.home().resolve("sekimori").toString(),
                        "tuf",
                        "--metadata-url",
                        served.address().toString(),
                        "--metadata-dir",
                        trusted.toString(),
                        "refresh"),
                0);
        Command nothing = Command.empty(setting);
        command.millis(setting); // the first one may make an archive of classes
        List<Double> warm = new ArrayList<>();
        List<Double> processor = new ArrayList<>();
        List<Double> processorOfNothing = new ArrayList<>();
        List<Double> millis = new ArrayList<>();
        List<Double> millisOfNothing = new ArrayList<>();
        int rounds = setting.rounds(15, 2);
        for (int round = 0; round < rounds; round++) {
            setting.progress().step("round " + (round + 1) + " of " + rounds);
            warm.add(threadMillis(trusted, served, setting.rounds(100, 5)));
            double before = ChildTimes.millis();
            millis.add(command.millis(setting));
            double between = ChildTimes.millis();
            millisOfNothing.add(nothing.millis(setting));
            processor.add(between - before);
            processorOfNothing.add(ChildTimes.millis() - between);
        }
        return List.of(
                new Figure(
                        "the same in a warm process, its own thread",
                        "ms of CPU",
                        new Samples(warm),
                        "-",
                        Samples.of(0),
                        new Goal.None()),
                figure(
                        "./sekimori tuf refresh, nothing new",
                        "ms of CPU",
                        processor,
                        processorOfNothing,
                        new Goal.None()),
                figure("the same, to the prompt", "ms", millis, millisOfNothing, new Goal.AtMost(GOAL_MILLIS)));
    }

    private static Figure figure(String what, String unit, List<Double> ours, List<Double> nothings, Goal goal) {
        return new Figure(what, unit, new Samples(ours), "an empty Java program", new Samples(nothings), goal);
    }

    private static double threadMillis(Path trusted, ServedMetadata served, int times) throws IOException {
        var threads = ManagementFactory.getThreadMXBean();
        long begin = threads.getCurrentThreadCpuTime();
        for (int i = 0; i < times; i++) {
            refresh(trusted, served);
        }
        return (threads.getCurrentThreadCpuTime() - begin) / 1e6 / times;
    }

    private static void refresh(Path trusted, ServedMetadata served) throws IOException {
        try (TufClient client = TufClient.open(trusted, served, Instant.now())) {
            client.refresh();
        }
    }
}
