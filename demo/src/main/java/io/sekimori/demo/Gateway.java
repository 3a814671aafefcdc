package io.sekimori.demo;

import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * One gateway of the demo: a unit directory and the process that runs it, started with the unit's own start script.
 * Confined to one thread.
 */
final class Gateway {

    private static final Duration PATIENCE = Duration.ofSeconds(180);
    private static final Duration GLANCE = Duration.ofMillis(2);

    private final Path unit;
    private final Path pidFile;
    private final Path log;
    private final Tool tool;

    Gateway(Path unit, Path pidFile, Path log, Tool tool) {
        this.unit = unit;
        this.pidFile = pidFile;
        this.log = log;
        this.tool = tool;
    }

    Path unit() {
        return unit;
    }

    /** Starts the process and answers how long it took until the gateway answered. */
    Duration start() throws IOException, Broken {
        return started(List.of(unit.resolve("bin/sekimori-gateway").toString()));
    }

    /** Starts it where no file can become larger than so many KiB, as on a disk that fails. */
    Duration startWithFileLimit(int kib) throws IOException, Broken {
        String script = "ulimit -f " + kib + "; exec \"$0\"";
        return started(List.of(
                "bash", "-c", script, unit.resolve("bin/sekimori-gateway").toString()));
    }

    /** Starts it by a command that goes on with the one it is given, such as {@code env}. */
    Duration startBy(List<String> command) throws IOException, Broken {
        return started(Stream.concat(
                        command.stream(),
                        Stream.of(unit.resolve("bin/sekimori-gateway").toString()))
                .toList());
    }

    private Duration started(List<String> command) throws IOException, Broken {
        long began = System.nanoTime();
        launch(command);
        await("the gateway answers", this::answers);
        await(
                "the start is reported",
                () -> tool.run("status", "--unit", unit, "--json").out().contains("\"READY\""));
        return Duration.ofNanos(System.nanoTime() - began);
    }

    /** Starts the process and waits for nothing. */
    OwnProcess launch() throws IOException, Broken {
        return launch(List.of(unit.resolve("bin/sekimori-gateway").toString()));
    }

    private OwnProcess launch(List<String> command) throws IOException, Broken {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .redirectInput(new File("/dev/null"))
                .start();
        return OwnProcess.remember(process.toHandle(), pidFile);
    }

    /** Whether the gateway answers a command. */
    boolean answers() throws IOException, Broken {
        if (process().isEmpty()) {
            throw new Broken("the gateway ended; its log is " + log);
        }
        // Nobody but the update service itself can say that it does not know a transition.
        return tool.run("update", "cancel", "none", "--unit", unit).err().startsWith("TRANSITION_UNKNOWN:");
    }

    Optional<ProcessHandle> process() throws IOException {
        Optional<OwnProcess> own = OwnProcess.recall(pidFile);
        return own.flatMap(OwnProcess::alive);
    }

    /** SIGTERM, and the wait for the end. */
    void stop() throws IOException {
        Optional<OwnProcess> own = OwnProcess.recall(pidFile);
        if (own.isPresent()) {
            own.get().end(20);
            Files.deleteIfExists(pidFile);
        }
    }

    /** kill -9 of the JVM and, with it, of the start script. */
    void kill() throws IOException, Broken {
        List<ProcessHandle> family =
                OwnProcess.recall(pidFile).map(OwnProcess::family).orElse(List.of());
        family.forEach(ProcessHandle::destroyForcibly);
        for (ProcessHandle process : family) {
            try {
                process.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException e) {
                throw new Broken("a killed process did not end", e);
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }
    }

    /** A document below {@code state/}. */
    JsonObject state(String name) throws IOException, Broken {
        try {
            return JsonObject.parse(Files.readAllBytes(unit.resolve("state").resolve(name)));
        } catch (MalformedJson e) {
            throw new Broken(name + " cannot be read", e);
        }
    }

    /** The confirmed generation. */
    long confirmed() throws IOException, Broken {
        try {
            return state("confirmed.json").number("generation");
        } catch (MalformedJson e) {
            throw new Broken("confirmed.json names no generation", e);
        }
    }

    /** Something that becomes true. */
    interface Condition {
        boolean holds() throws IOException, Broken;
    }

    /** Waits until {@code condition} holds, for some minutes at most. */
    void await(String what, Condition condition) throws IOException, Broken {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > deadline) {
                throw new Broken(PATIENCE.toSeconds() + " s passed, and not: " + what);
            }
            LockSupport.parkNanos(GLANCE.toNanos());
            if (Thread.interrupted()) {
                throw interrupted(new InterruptedException());
            }
        }
    }

    private static Broken interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new Broken("interrupted", e);
    }
}
