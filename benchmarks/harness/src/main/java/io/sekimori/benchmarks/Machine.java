package io.sekimori.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The machine in general words: enough to read the figures by, nothing that names it. */
final class Machine {

    private Machine() {}

    /** One line. */
    static String description() throws IOException {
        return String.format(
                Locale.ROOT,
                "%d processors, %s, %s, JDK %s, load %s at the beginning",
                Runtime.getRuntime().availableProcessors(),
                memory(),
                system(),
                System.getProperty("java.version"),
                Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0]);
    }

    private static String memory() throws IOException {
        String total = Files.readAllLines(Path.of("/proc/meminfo")).get(0).replaceAll("[^0-9]", "");
        return Math.round(Long.parseLong(total) / 1048576.0) + " GB of memory";
    }

    private static String system() throws IOException {
        Path release = Path.of("/etc/os-release");
        if (!Files.isReadable(release)) {
            return System.getProperty("os.name");
        }
        return Files.readAllLines(release).stream()
                .filter(line -> line.startsWith("PRETTY_NAME="))
                .map(line -> line.substring("PRETTY_NAME=".length()).replace("\"", ""))
                .findFirst()
                .orElse(System.getProperty("os.name"));
    }
}
