package io.sekimori.benchmarks;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a benchmark works and how thoroughly.
 *
 * @param home the folder of the repository, with everything built
 * @param work an empty folder on the disk to be measured
 * @param quick whether few and short rounds will do: the figures then only show that the benchmark works
 * @param progress hears of each step
 */
public record Setting(Path home, Path work, boolean quick, Progress progress) {

    /** Hears of each step. */
    public interface Progress {
        void step(String text);
    }

    /** {@code thorough}, or {@code few} when it shall be quick. */
    public int rounds(int thorough, int few) {
        return quick ? few : thorough;
    }

    /** The bundles of a generation as shipped. */
    public List<Path> bundles() throws IOException {
        return jars(home.resolve("distrib/target/bundles"));
    }

    /** The class path of the launcher as shipped. */
    public List<Path> slot() throws IOException {
        return jars(home.resolve("distrib/target/slot-lib"));
    }

    /** The one jar that the benchmark module of that name made. */
    public Path made(String module) throws IOException {
        return jars(home.resolve("benchmarks").resolve(module).resolve("target"))
                .get(0);
    }

    private static List<Path> jars(Path folder) throws IOException {
        List<Path> jars = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, "*.jar")) {
            entries.forEach(jars::add);
        }
        if (jars.isEmpty()) {
            throw new IOException("no jars in " + folder);
        }
        jars.sort(null);
        return jars;
    }
}
