package io.sekimori.itests.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A gateway in a process of its own, started by the script that ships. Thread-safe. */
final class GatewayChild implements AutoCloseable {

    private static final Pattern READY = Pattern.compile("sekimori: READY generation ([0-9]+) in .*");
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Process script;
    private final Thread pump;
    private final List<String> lines = new ArrayList<>();
    private boolean ended;

    private GatewayChild(Process script, Consumer<String> watching) {
        this.script = script;
        this.pump = new Thread(() -> pump(watching), "sekimori-itest-output");
        pump.setDaemon(true);
        pump.start();
    }

    /** Starts the gateway of a unit; {@code watching} hears every line it prints. */
    static GatewayChild start(Path unit, Consumer<String> watching) throws IOException {
        Process script = new ProcessBuilder(
                        "/bin/sh", unit.resolve("bin/sekimori-gateway").toString())
                .redirectErrorStream(true)
                .start();
        return new GatewayChild(script, watching);
    }

    /** Starts the gateway of a unit. */
    static GatewayChild start(Path unit) throws IOException {
        return start(unit, line -> {});
    }

    /** Waits for the {@code count}th time that a generation is ready, and answers which. */
    synchronized int awaitReady(int count) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            List<Integer> ready = ready();
            if (ready.size() >= count) {
                return ready.get(count - 1);
            }
            long leftMillis = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (ended || leftMillis <= 0) {
                throw new AssertionError("the gateway is not ready:\n" + output());
            }
            wait(leftMillis);
        }
    }

    /** Waits until it is ready for the first time. */
    int awaitReady() throws InterruptedException {
        return awaitReady(1);
    }

    /** Kills the launcher as a power cut would, and whatever else it has started; the script ends with it. */
    void killNow() {
        script.descendants().forEach(ProcessHandle::destroyForcibly);
    }

    /** Waits for the end; the answer is the exit code of the script. */
    int awaitExit() throws InterruptedException {
        if (!script.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("the gateway does not end:\n" + output());
        }
        pump.join(PATIENCE.toMillis());
        return script.exitValue();
    }

    /** Asks it to stop, and answers its exit code. */
    int stop() throws InterruptedException {
        script.destroy();
        return awaitExit();
    }

    /** The process id of the gateway's Java runtime. */
    long javaProcess() {
        return script.descendants()
                .filter(process -> process.info().command().orElse("").endsWith("/java"))
                .findFirst()
                .orElseThrow()
                .pid();
    }

    boolean isAlive() {
        return script.isAlive();
    }

    /** Everything it has printed. */
    synchronized String output() {
        return String.join("\n", lines);
    }

    /** Leaves no process behind, whatever has failed. */
    @Override
    public void close() {
        script.descendants().forEach(ProcessHandle::destroyForcibly);
        script.destroyForcibly();
    }

    private List<Integer> ready() {
        List<Integer> generations = new ArrayList<>();
        for (String line : lines) {
            Matcher matcher = READY.matcher(line);
            if (matcher.matches()) {
                generations.add(Integer.valueOf(matcher.group(1)));
            }
        }
        return generations;
    }

    private void pump(Consumer<String> watching) {
        try (BufferedReader reader = script.inputReader(StandardCharsets.UTF_8)) {
            String line;
            while ((line = reader.readLine()) != null) {
                watching.accept(line);
                add(line);
            }
        } catch (IOException e) {
            add("(the rest of the output is lost: " + e.getMessage() + ")");
        } finally {
            end();
        }
    }

    private synchronized void add(String line) {
        lines.add(line);
        notifyAll();
    }

    private synchronized void end() {
        ended = true;
        notifyAll();
    }
}
