package io.sekimori.benchmarks.start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A process that runs the load bundle and was seen to be ready. Confined to one thread; close it to stop the process.
 */
public final class Started implements AutoCloseable {

    private static final String FOLDER = "SEKIMORI_BENCHMARK";
    static final String CLASS_ARCHIVE = "-XX:SharedArchiveFile=";
    private static final long READY_SECONDS = 60;
    private static final long STOP_SECONDS = 30;

    private final Process process;
    private final Path folder;
    private final double readyMillis;
    private final int activeBundles;

    private Started(Process process, Path folder, double readyMillis, int activeBundles) {
        this.process = process;
        this.folder = folder;
        this.readyMillis = readyMillis;
        this.activeBundles = activeBundles;
    }

    /**
     * Starts a process and waits until its highest start level is reached.
     *
     * @param folder where orders are and where readiness and results arrive
     */
    public static Started start(List<String> command, Path folder) throws IOException, InterruptedException {
        Files.deleteIfExists(folder.resolve("ready"));
        Files.deleteIfExists(folder.resolve("results"));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile());
        builder.environment().put(FOLDER, folder.toString());
        Instant begin = Instant.now();
        Process process = builder.start();
        try {
            await(process, folder, "ready", Duration.ofSeconds(READY_SECONDS));
            String[] words = Files.readString(folder.resolve("ready")).split(" ");
            Instant ready = Instant.EPOCH.plus(Long.parseLong(words[0]), ChronoUnit.MICROS);
            double millis = Duration.between(begin, ready).toNanos() / 1e6;
            return new Started(process, folder, millis, Integer.parseInt(words[1]));
        } catch (IOException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    /** From before the process was made until all bundles below the load were active. */
    public double readyMillis() {
        return readyMillis;
    }

    /** How many bundles were active then, the framework among them. */
    public int activeBundles() {
        return activeBundles;
    }

    /** Lets that time pass. */
    public void rest(Duration time) throws IOException, InterruptedException {
        if (process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS)) {
            throw ended(process, folder);
        }
    }

    /** Waits for so many lines of results. */
    public List<String> results(int lines, Duration limit) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        Path results = folder.resolve("results");
        await(process, folder, "results", limit);
        List<String> found = Files.readAllLines(results);
        while (found.size() < lines) {
            if (System.nanoTime() > deadline) {
                throw new IOException("no result in time; so far " + found);
            }
            rest(Duration.ofMillis(200));
            found = Files.readAllLines(results);
        }
        return found;
    }

    /** Resident memory of the Java process. */
    public double residentMebibytes() throws IOException {
        try (Stream<String> lines = Files.lines(proc().resolve("status"))) {
            String line =
                    lines.filter(each -> each.startsWith("VmRSS:")).findFirst().orElseThrow();
            return Long.parseLong(line.replaceAll("[^0-9]", "")) / 1024.0;
        }
    }

    /** The options of the Java process in front of its class path. */
    private List<String> javaOptions() throws IOException {
        List<String> words = List.of(Files.readString(proc().resolve("cmdline")).split("\0"));
        return words.subList(1, words.indexOf("-cp"));
    }

    /** The same without an archive of classes, which fits one class path only. */
    public List<String> plainJavaOptions() throws IOException {
        return javaOptions().stream()
                .filter(option -> !option.startsWith(CLASS_ARCHIVE))
                .toList();
    }

    /** Asks it to stop, and makes sure that it does. */
    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
                throw new IOException("did not stop in " + STOP_SECONDS + " s");
            }
        } catch (InterruptedException e) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private Path proc() {
        // A start script waits for the Java process it made.
        long pid = process.descendants().findFirst().map(ProcessHandle::pid).orElse(process.pid());
        return Path.of("/proc", Long.toString(pid));
    }

    private static void await(Process process, Path folder, String file, Duration limit)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        try (WatchService watch = folder.getFileSystem().newWatchService()) {
            folder.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
            while (!Files.exists(folder.resolve(file))) {
                var key = watch.poll(100, TimeUnit.MILLISECONDS);
                if (key != null) {
                    key.pollEvents();
                    key.reset();
                }
                if (!process.isAlive()) {
                    throw ended(process, folder);
                }
                if (System.nanoTime() > deadline) {
                    throw new IOException("no " + file + " in time: " + Files.readString(folder.resolve("output")));
                }
            }
        }
    }

    private static IOException ended(Process process, Path folder) throws IOException {
        return new IOException("ended with " + process.exitValue() + ": " + Files.readString(folder.resolve("output")));
    }
}
