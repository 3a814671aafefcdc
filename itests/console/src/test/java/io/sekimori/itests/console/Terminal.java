package io.sekimori.itests.console;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A person's shell in a directory of its own, with {@code sekimori} of this clone in its path and nothing of anybody
 * else's. What was left running ends with it. Confined to one thread.
 */
final class Terminal implements AutoCloseable {

    /** Long enough for a machine that has much else to do; whatever takes it has failed. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** Each look is a process of its own, which takes a processor for a third of a second. */
    private static final Duration GLANCE = Duration.ofMillis(500);

    private static final Path CLONE =
            Path.of(System.getProperty("clone")).toAbsolutePath().normalize();

    private final Path directory;
    private final List<Running> running = new ArrayList<>();

    /** What a command left behind. */
    record Result(int exit, String out) {}

    /** A command that goes on. */
    record Running(Process process, Path log) {

        String said() {
            try {
                return Files.exists(log) ? Files.readString(log) : "";
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** kill -9 of all it has started, as a power cut would; it ends with them. */
        void kill() throws InterruptedException {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            exit();
        }

        /** Waits for the end, and answers how it ended. */
        int exit() throws InterruptedException {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("it does not end: " + said());
            }
            return process.exitValue();
        }

        /** Ctrl-C, and the wait for the end. */
        void end() {
            List<ProcessHandle> children = process.descendants().toList();
            process.destroy();
            try {
                if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            children.forEach(ProcessHandle::destroyForcibly);
        }
    }

    Terminal(Path directory) throws IOException {
        this.directory = directory;
        Path script = Files.createDirectories(directory.resolve("bin")).resolve("sekimori");
        Files.writeString(
                script,
                "#!/bin/sh\nexec '" + Path.of(System.getProperty("java.home"), "bin", "java")
                        + "' -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto -Dsekimori.home='" + CLONE
                        + "' -cp '" + CLONE.resolve("bundles/cli/target") + "/*:"
                        + CLONE.resolve("bundles/cli/target/lib") + "/*' io.sekimori.cli.Main \"$@\"\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        Path features = Files.createDirectories(directory.resolve("features"));
        for (String product : List.of("gateway.json", "console.json")) {
            Files.copy(CLONE.resolve("features").resolve(product), features.resolve(product));
        }
    }

    static Path clone(String path) {
        return CLONE.resolve(path);
    }

    Path directory() {
        return directory;
    }

    /** Gives a command, types the lines, and waits. */
    Result run(String command, String... typed) throws IOException, InterruptedException {
        Process process = shell(command).redirectErrorStream(true).start();
        try (OutputStream in = process.getOutputStream()) {
            in.write((String.join("\n", typed) + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // It reads nothing, and has ended.
        }
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), out);
    }

    /** Whether a command, given now, ends well. */
    boolean succeeds(String command) {
        try {
            return run(command).exit() == 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Gives a command in a terminal of its own, where it goes on. */
    Running begin(String command) throws IOException {
        Path log = directory.resolve("terminal-" + running.size() + ".log");
        Process process = shell("exec " + command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Running begun = new Running(process, log);
        running.add(begun);
        return begun;
    }

    private ProcessBuilder shell(String command) {
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", command).directory(directory.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("SEKIMORI_") || name.startsWith("XDG_"));
        builder.environment().put("HOME", directory.toString());
        builder.environment().put("LANG", "C.UTF-8");
        builder.environment().remove("LC_ALL");
        builder.environment().put("PATH", directory.resolve("bin") + ":" + System.getenv("PATH"));
        return builder;
    }

    /** Looks again and again until it is so. */
    static void await(String what, BooleanSupplier so) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!so.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("waited in vain until " + what);
            }
            LockSupport.parkNanos(GLANCE.toNanos());
        }
    }

    @Override
    public void close() {
        for (int i = running.size() - 1; i >= 0; i--) {
            running.get(i).end();
        }
    }
}
