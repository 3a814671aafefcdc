package io.sekimori.benchmarks.swap;

import io.sekimori.benchmarks.Benchmark;
import io.sekimori.benchmarks.Figure;
import io.sekimori.benchmarks.Goal;
import io.sekimori.benchmarks.Setting;
import io.sekimori.benchmarks.start.Started;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** One bundle and ten replaced under eight callers: by the engine out of a signed pack, and by Bundle.update. */
public final class SwapBenchmark implements Benchmark {

    private static final Duration LIMIT = Duration.ofMinutes(5);

    @Override
    public String name() {
        return "swap";
    }

    @Override
    public String about() {
        return "calls lost and pauses while 1 and 10 bundles are replaced, against Bundle.update and no swap";
    }

    @Override
    public List<Figure> measure(Setting setting) throws IOException, InterruptedException {
        List<Figure> figures = new ArrayList<>();
        for (int lanes : new int[] {1, 10}) {
            figures.addAll(measure(setting, lanes));
        }
        return figures;
    }

    private static List<Figure> measure(Setting setting, int lanes) throws IOException, InterruptedException {
        int processes = setting.rounds(4, 1);
        Editions editions = Editions.make(setting, lanes, processes * Script.SWAPS);
        Script script = new Script(editions, 4_000);
        List<Window> quietOurs = new ArrayList<>();
        List<Window> swapOurs = new ArrayList<>();
        List<Window> quietBare = new ArrayList<>();
        List<Window> swapBare = new ArrayList<>();
        List<String> options = List.of();
        for (int process = 0; process < processes; process++) {
            setting.progress()
                    .step((lanes == 1 ? "1 bundle" : lanes + " bundles") + ", process " + (process + 1) + " of "
                            + processes);
            script.orderPacks(process);
            try (Started gateway = editions.subjects().gateway()) {
                options = gateway.plainJavaOptions();
                collect(gateway, quietOurs, swapOurs);
            }
            script.orderUpdates();
            try (Started bare = editions.subjects().bare(options)) {
                collect(bare, quietBare, swapBare);
            }
        }
        return figures(lanes, quietOurs, swapOurs, quietBare, swapBare);
    }

    private static void collect(Started started, List<Window> quiet, List<Window> swaps)
            throws IOException, InterruptedException {
        List<String> lines = started.results(Script.WINDOWS, LIMIT);
        for (int i = 1; i < Script.WINDOWS; i++) {
            (i % 2 == 1 ? quiet : swaps).add(Window.parse(lines.get(i)));
        }
    }

    private static List<Figure> figures(
            int lanes, List<Window> quietOurs, List<Window> swapOurs, List<Window> quietBare, List<Window> swapBare) {
        String what = lanes == 1 ? "1 bundle" : lanes + " bundles";
        return List.of(
                new Figure(
                        "calls lost while " + what + " swapped, of " + Window.made(swapOurs) + " in " + swapOurs.size()
                                + " swaps",
                        "calls a swap",
                        Window.lost(swapOurs),
                        "Bundle.update",
                        Window.lost(swapBare),
                        new Goal.Zero()),
                new Figure(
                        "longest pause of a caller while " + what + " swapped",
                        "ms",
                        Window.pauses(swapOurs),
                        "the same load without a swap",
                        Window.pauses(quietOurs),
                        new Goal.RatioAtMost(1.5)),
                new Figure(
                        "the same",
                        "ms",
                        Window.pauses(swapOurs),
                        "Bundle.update",
                        Window.pauses(swapBare),
                        new Goal.None()),
                new Figure(
                        "longest pause with nothing swapped, gateway",
                        "ms",
                        Window.pauses(quietOurs),
                        "bare Felix",
                        Window.pauses(quietBare),
                        new Goal.None()),
                new Figure(
                        "from the order to the end, " + what + "; ours verifies, rehearses and watches for 1 s",
                        "ms",
                        Window.took(swapOurs),
                        "Bundle.update",
                        Window.took(swapBare),
                        new Goal.None()));
    }
}
