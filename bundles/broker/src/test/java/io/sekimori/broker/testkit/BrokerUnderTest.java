package io.sekimori.broker.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A broker in a process of its own. */
public final class BrokerUnderTest implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final StringBuffer said = new StringBuffer();

    private BrokerUnderTest(Process process) {
        this.process = process;
        Thread reader = new Thread(this::read, "broker-output");
        reader.setDaemon(true);
        reader.start();
    }

    /** Starts our broker in {@code directory}, with this test's class path. */
    public static BrokerUnderTest ours(Path directory, String... more) throws IOException {
        return ours(System.getProperty("java.class.path"), directory, more);
    }

    /** Starts our broker in {@code directory} with a class path. */
    public static BrokerUnderTest ours(String classPath, Path directory, String... more) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-cp",
                classPath,
                "io.sekimori.broker.Main"));
        command.addAll(more.length > 0 ? List.of(more) : List.of("--directory", directory.toString()));
        return start(command);
    }

    /** Starts the program {@code command}. */
    public static BrokerUnderTest start(List<String> command) throws IOException {
        return new BrokerUnderTest(
                new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    private void read() {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                said.append(line).append('\n');
                lines.add(line);
            }
        } catch (IOException e) {
            return; // it was killed
        }
    }

    /** Waits for a line that {@code pattern} is found in, and answers it. */
    public String awaitLine(String pattern) throws InterruptedException {
        Pattern wanted = Pattern.compile(pattern);
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            String line = lines.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (line == null) {
                throw new AssertionError("never said " + pattern + " but: " + said);
            }
            if (wanted.matcher(line).find()) {
                return line;
            }
        }
    }

    /** Waits until our broker is ready, and answers its port. */
    public int awaitReady() throws InterruptedException {
        String line = awaitLine("ready at ssl://127.0.0.1:");
        return Integer.parseInt(line.substring(line.lastIndexOf(':') + 1));
    }

    /** All it said so far. */
    public String said() {
        return said.toString();
    }

    /** Waits for its end and answers the exit code. */
    public int exitCode() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("still runs: " + said);
        }
        return process.exitValue();
    }

    /** Asks it to stop and waits until it has. */
    public int stop() throws InterruptedException {
        process.destroy();
        return exitCode();
    }

    /** As kill -9. */
    public void kill() throws InterruptedException {
        process.destroyForcibly();
        exitCode();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
