package io.sekimori.launcher.testkit;

import io.sekimori.generation.Generations;
import io.sekimori.generation.Unit;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A gateway in a process of its own, whose lines can be waited for. */
public final class LaunchedGateway implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final Thread reader;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final List<String> seen = new ArrayList<>();

    private LaunchedGateway(Process process) {
        this.process = process;
        reader = new Thread(this::read, "gateway-output");
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts the launcher of the slot of this generation, as the start script does. */
    public static LaunchedGateway start(Unit unit, int slotOfGeneration, String... more) throws IOException {
        return command(
                unit,
                slotOfGeneration,
                List.of("run", "--unit", unit.directory().toString()),
                more);
    }

    /** Starts the launcher with any arguments; {@code more} are options of the JVM, or with two dashes of the launcher. */
    public static LaunchedGateway command(Unit unit, int slotOfGeneration, List<String> arguments, String... more)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx192m"));
        Stream.of(more).filter(option -> !isLaunchers(option)).forEach(command::add);
        command.addAll(List.of("-cp", classPath(unit, slotOfGeneration), "io.sekimori.launcher.main.Main"));
        command.addAll(arguments);
        Stream.of(more)
                .filter(LaunchedGateway::isLaunchers)
                .flatMap(option -> Stream.of(option.split("=", 2)))
                .forEach(command::add);
        ProcessBuilder builder = new ProcessBuilder(command);
        // Verifying answers on stdout; newer JVMs put warnings on stderr.
        boolean answers = arguments.get(0).equals("verify");
        return new LaunchedGateway(
                (answers ? builder.redirectError(Redirect.INHERIT) : builder.redirectErrorStream(true)).start());
    }

    private static boolean isLaunchers(String option) {
        return option.startsWith("--") && !option.startsWith("--add-opens");
    }

    /** Any command. */
    public static LaunchedGateway of(List<String> command) throws IOException {
        return new LaunchedGateway(
                new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    private static String classPath(Unit unit, int generation) throws IOException {
        String slot = Files.readString(new Generations(unit).unit().generationSlotFile(generation))
                .trim();
        try (Stream<Path> jars = Files.list(unit.slot(slot).resolve("lib"))) {
            return String.join(":", jars.map(Path::toString).sorted().toList());
        }
    }

    private void read() {
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                lines.add(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            lines.add("");
        }
    }

    /** Waits for a line that contains the text, and answers it. */
    public String awaitLine(String text) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            String line = lines.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (line == null || line.isEmpty() && !process.isAlive()) {
                throw new AssertionError("no line with '" + text + "' in " + seen);
            }
            seen.add(line);
            if (line.contains(text)) {
                return line;
            }
        }
    }

    /** Waits for the end, and answers the exit code. */
    public int awaitExit() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("still running after " + PATIENCE + ": " + output());
        }
        reader.join(PATIENCE.toMillis());
        return process.exitValue();
    }

    /** Asks it to stop (SIGTERM). */
    public void terminate() {
        // By its handle: Process.destroy would also close the output that is still to be read.
        process.toHandle().destroy();
    }

    /** Kills it. */
    public void kill() {
        process.toHandle().destroyForcibly();
    }

    /** All lines so far. */
    public List<String> output() {
        lines.drainTo(seen);
        return List.copyOf(seen);
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
