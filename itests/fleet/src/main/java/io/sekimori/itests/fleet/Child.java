package io.sekimori.itests.fleet;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A process of ours: it is looked after, and ends with whoever began it. Thread-safe. */
final class Child implements AutoCloseable {

    private static final long GOODBYE_SECONDS = 60;

    private final Process process;
    private final Path log;
    private final Thread last = new Thread(this::kill);

    private Child(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts Java with that class path; what it says on both streams is put behind what is in {@code log}. */
    static Child java(Path log, List<String> options, String classPath, String main, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of("-cp", classPath, main));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .redirectInput(new File("/dev/null"))
                .start();
        Child child = new Child(process, log);
        Runtime.getRuntime().addShutdownHook(child.last);
        return child;
    }

    /** Fails, with the end of its log, unless it lives. */
    void mustLive() throws IOException {
        if (!process.isAlive()) {
            throw new IOException("a process ended with " + process.exitValue() + ": " + said());
        }
    }

    /** All it has said. */
    String said() throws IOException {
        return Files.readString(log);
    }

    /** The process among its descendants whose command line has {@code word}. */
    ProcessHandle descendant(String word) throws IOException {
        return process.descendants()
                .filter(each -> commandLine(each).contains(" " + word + " "))
                .findFirst()
                .orElseThrow(() -> new IOException("there is no process " + word));
    }

    ProcessHandle handle() {
        return process.toHandle();
    }

    private static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"))
                    .replace('\0', ' ');
        } catch (IOException | UncheckedIOException e) {
            return ""; // it has just ended
        }
    }

    /** Processor time so far. */
    static Duration processorTime(ProcessHandle process) throws IOException {
        Optional<Duration> time = process.info().totalCpuDuration();
        return time.orElseThrow(
                () -> new IOException("the system does not say what process " + process.pid() + " took"));
    }

    /** Resident memory in MiB. */
    static double residentMib(ProcessHandle process) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
                .findFirst()
                .orElseThrow(() -> new IOException("process " + process.pid() + " has ended"));
    }

    /** Asks it to end, and makes it end if it does not. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(GOODBYE_SECONDS, TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            kill();
        }
    }

    private void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
