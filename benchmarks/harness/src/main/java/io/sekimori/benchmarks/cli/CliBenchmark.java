package io.sekimori.benchmarks.cli;

import io.sekimori.benchmarks.Benchmark;
import io.sekimori.benchmarks.Figure;
import io.sekimori.benchmarks.Goal;
import io.sekimori.benchmarks.Rate;
import io.sekimori.benchmarks.Samples;
import io.sekimori.benchmarks.Setting;
import io.sekimori.benchmarks.maker.Feature;
import io.sekimori.benchmarks.maker.Maker;
import io.sekimori.benchmarks.start.Subjects;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

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
        List<String> version = List.of(sekimori, "--version");
        List<String> status = List.of(sekimori, "status", "--unit", unit.toString());
        List<String> nothing = nothing(setting);
        setting.progress().step("a start of each that does not count");
        Stream.of(version, status, nothing).forEach(command -> millis(command, setting));
        List<Double> versions = new ArrayList<>();
        List<Double> statuses = new ArrayList<>();
        List<Double> nothings = new ArrayList<>();
        int rounds = setting.rounds(15, 2);
        for (int round = 0; round < rounds; round++) {
            setting.progress().step("round " + (round + 1) + " of " + rounds);
            versions.add(millis(version, setting));
            nothings.add(millis(nothing, setting));
            statuses.add(millis(status, setting));
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

    private static List<String> nothing(Setting setting) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // The options with which ./sekimori starts its own, handed on by benchmarks/run.
        command.addAll(Arrays.asList(System.getProperty("sekimori.cli.options").split(" ")));
        command.addAll(List.of("-cp", setting.made("harness").toString(), Nothing.class.getName()));
        return command;
    }

    private static double millis(List<String> command, Setting setting) {
        try {
            return Rate.seconds(() -> run(command, setting)) * 1e3;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run(List<String> command, Setting setting) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(setting.work().resolve("output").toFile())
                .start();
        try {
            // A status that is not green ends with 1, which is no failure of the command.
            if (process.waitFor() > NOT_GREEN) {
                throw new IOException(command + " ended with " + process.exitValue());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
