package io.sekimori.benchmarks.cli;

import io.sekimori.benchmarks.Rate;
import io.sekimori.benchmarks.Setting;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What is typed at a prompt.
 *
 * @param line the program and its arguments
 * @param most the greatest exit code that is no failure
 */
public record Command(List<String> line, int most) {

    /** A Java program that does nothing, with the options of {@code ./sekimori}. */
    public static Command empty(Setting setting) throws IOException {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        // The options with which ./sekimori starts its own, handed on by benchmarks/run.
        line.addAll(Arrays.asList(System.getProperty("sekimori.cli.options").split(" ")));
        line.addAll(List.of("-cp", setting.made("harness").toString(), Nothing.class.getName()));
        return new Command(List.copyOf(line), 0);
    }

    /** Milliseconds from the call to the prompt. */
    public double millis(Setting setting) throws IOException {
        return Rate.seconds(() -> run(setting)) * 1e3;
    }

    private void run(Setting setting) throws IOException {
        Process process = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(setting.work().resolve("output").toFile())
                .start();
        try {
            if (process.waitFor() > most) {
                throw new IOException(line + " ended with " + process.exitValue());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
