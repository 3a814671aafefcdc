package io.sekimori.benchmarks.start;

import io.sekimori.benchmarks.Benchmark;
import io.sekimori.benchmarks.Figure;
import io.sekimori.benchmarks.Goal;
import io.sekimori.benchmarks.Setting;
import io.sekimori.benchmarks.maker.Feature;
import io.sekimori.benchmarks.maker.Maker;
import io.sekimori.benchmarks.maker.Part;
import io.sekimori.generation.StartLog;
import io.sekimori.generation.StartReport;
import io.sekimori.trust.MalformedJson;
import io.sekimori.trust.Swap;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The gateway, every file verified, against bare Felix with the same bundles: each as people start it, and both with
 * and without an archive of their classes.
 */
public final class StartBenchmark implements Benchmark {

    private static final double START_GOAL = 1.25;
    private static final double MEMORY_GOAL = 1.3;

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
        Variants variants = Variants.warmUp(subjects);
        int rounds = setting.rounds(7, 1);
        for (int round = 0; round < rounds; round++) {
            setting.progress().step("round " + (round + 1) + " of " + rounds);
            variants.round();
        }
        String what =
                "cold start to " + bundles.size() + " bundles active, " + filesVerified(subjects) + " files verified, ";
        Looks plain = variants.plainGateway();
        Looks shipped = variants.gateway();
        return List.of(
                start(what + "as shipped", shipped, "bare Felix", variants.plainBare(), START_GOAL),
                start(what + "no class archive", plain, "bare Felix", variants.plainBare(), START_GOAL),
                start(what + "as shipped", shipped, "bare Felix with an archive of all it loads", variants.bare(), 0),
                memory("as shipped", shipped, "bare Felix", variants.plainBare(), MEMORY_GOAL),
                memory("no class archive", plain, "bare Felix", variants.plainBare(), MEMORY_GOAL),
                memory("as shipped", shipped, "bare Felix with an archive of all it loads", variants.bare(), 0));
    }

    private static Figure start(String what, Looks ours, String against, Looks theirs, double goal) {
        return new Figure(what, "ms", ours.readyMillis(), against, theirs.readyMillis(), goal(goal));
    }

    private static Figure memory(String what, Looks ours, String against, Looks theirs, double goal) {
        return new Figure(
                "resident memory 2 s after that, " + what,
                "MiB",
                ours.residentMebibytes(),
                against,
                theirs.residentMebibytes(),
                goal(goal));
    }

    private static Goal goal(double ratio) {
        return ratio == 0 ? new Goal.None() : new Goal.RatioAtMost(ratio);
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
