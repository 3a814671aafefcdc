package io.sekimori.benchmarks.cli;

import io.sekimori.benchmarks.Benchmark;
import io.sekimori.benchmarks.Figure;
import io.sekimori.benchmarks.Goal;
import io.sekimori.benchmarks.Samples;
import io.sekimori.benchmarks.Setting;
import io.sekimori.benchmarks.maker.Feature;
import io.sekimori.benchmarks.maker.Maker;
import io.sekimori.benchmarks.start.Subjects;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The command line from a shell's point of view, against a Java program that does nothing with the same options. */
public final class CliBenchmark implements Benchmark {

    private static final int NOT_GREEN = 1;
    private static final double WELL_UNDER_A_SECOND_MILLIS = 500;

    @Override
    public String name() {
        return "cli";
    }

    @Override
    public String about() {
        return "the start of the command line, against an empty Java program";
    }

    @Override
    public List<Figure> measure(Setting setting) throws IOException, InterruptedException {
        setting.progress().step("making a unit");
        Path unit = Subjects.make(
                        setting,
                        Maker.in(setting.work().resolve("maker")),
                        Feature.bundles(setting),
                        Map.of(),
                        setting.work().resolve("unit"))
                .unit()
                .directory();
        String sekimori = setting.home().resolve("sekimori").toString();
        Command version = new Command(List.of(sekimori, "--version"), 0);
        Command status = new Command(List.of(sekimori, "status", "--unit", unit.toString()), NOT_GREEN);
        Command nothing = Command.empty(setting);
        setting.progress().step("a start of each that does not count");
        for (Command command : List.of(version, status, nothing)) {
            command.millis(setting);
        }
        List<Double> versions = new ArrayList<>();
        List<Double> statuses = new ArrayList<>();
        List<Double> nothings = new ArrayList<>();
        int rounds = setting.rounds(15, 2);
        for (int round = 0; round < rounds; round++) {
            setting.progress().step("round " + (round + 1) + " of " + rounds);
            versions.add(version.millis(setting));
            nothings.add(nothing.millis(setting));
            statuses.add(status.millis(setting));
        }
        return List.of(
                figure("./sekimori --version", versions, nothings),
                figure("./sekimori status, of a unit that does not run", statuses, nothings));
    }

    private static Figure figure(String command, List<Double> ours, List<Double> nothings) {
        return new Figure(
                command,
                "ms",
                new Samples(ours),
                "an empty Java program",
                new Samples(nothings),
                new Goal.AtMost(WELL_UNDER_A_SECOND_MILLIS));
    }
}
