package io.sekimori.benchmarks.start;

import io.sekimori.benchmarks.Benchmark;
import io.sekimori.benchmarks.Figure;
import io.sekimori.benchmarks.Goal;
import io.sekimori.benchmarks.Samples;
import io.sekimori.benchmarks.Setting;
import io.sekimori.benchmarks.maker.Feature;
import io.sekimori.benchmarks.maker.Maker;
import io.sekimori.benchmarks.maker.Part;
import io.sekimori.generation.StartLog;
import io.sekimori.generation.StartReport;
import io.sekimori.trust.MalformedJson;
import io.sekimori.trust.Swap;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The gateway, every file verified, against bare Felix with the same bundles and the same options of the JVM. */
public final class StartBenchmark implements Benchmark {

    private static final Duration SETTLED = Duration.ofSeconds(2);

    @Override
    public String name() {
        return "start";
    }

    @Override
    public String about() {
        return "cold start and memory of the gateway, against bare Felix with the same bundles";
    }

    @Override
    public List<Figure> measure(Setting setting) throws IOException, InterruptedException {
        List<Part> bundles = new ArrayList<>(Feature.bundles(setting));
        bundles.add(Part.bundle(setting.made("load"), 9, Swap.REPLACE, 1));
        Maker maker = Maker.in(setting.work().resolve("maker"));
        Subjects subjects =
                Subjects.make(setting, maker, bundles, Map.of(), setting.work().resolve("start"));
        setting.progress().step("a start of each that does not count");
        List<String> options;
        try (Started gateway = subjects.gateway()) {
            options = gateway.javaOptions();
            if (gateway.activeBundles() != bundles.size() + 1) {
                throw new IOException(gateway.activeBundles() + " active bundles of " + (bundles.size() + 1));
            }
        }
        subjects.bare(options).close();
        List<Double> readyOurs = new ArrayList<>();
        List<Double> readyBare = new ArrayList<>();
        List<Double> memoryOurs = new ArrayList<>();
        List<Double> memoryBare = new ArrayList<>();
        int rounds = setting.rounds(12, 1);
        for (int round = 0; round < rounds; round++) {
            setting.progress().step("round " + (round + 1) + " of " + rounds);
            try (Started gateway = subjects.gateway()) {
                look(gateway, readyOurs, memoryOurs);
            }
            try (Started bare = subjects.bare(options)) {
                look(bare, readyBare, memoryBare);
            }
        }
        return List.of(
                new Figure(
                        "cold start to " + bundles.size() + " bundles active, " + filesVerified(subjects)
                                + " files verified",
                        "ms",
                        new Samples(readyOurs),
                        "bare Felix, same bundles and JVM options",
                        new Samples(readyBare),
                        new Goal.RatioAtMost(1.25)),
                new Figure(
                        "resident memory 2 s after that",
                        "MiB",
                        new Samples(memoryOurs),
                        "bare Felix, same bundles and JVM options",
                        new Samples(memoryBare),
                        new Goal.RatioAtMost(1.3)));
    }

    private static void look(Started started, List<Double> ready, List<Double> memory)
            throws IOException, InterruptedException {
        ready.add(started.readyMillis());
        started.rest(SETTLED);
        memory.add(started.residentMebibytes());
    }

    private static int filesVerified(Subjects subjects) throws IOException {
        try {
            List<StartReport> starts = new StartLog(subjects.unit()).read();
            return starts.get(0).filesVerified();
        } catch (MalformedJson e) {
            throw new IOException("the report of the start is malformed", e);
        }
    }
}
