package io.sekimori.update.engine;

import io.sekimori.generation.Generation;
import io.sekimori.generation.Slot;
import io.sekimori.generation.Unit;
import io.sekimori.trust.MalformedJson;
import io.sekimori.update.UpdateCode;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Has the launcher and the Java runtime of a generation verify it, in a process of its own: the very code that will have
 * to accept it at the next start. Confined to the transition's thread.
 */
final class LauncherVerify {

    private static final Path NICE = Path.of("/usr/bin/nice");
    private static final String MAIN = "io.sekimori.launcher.main.Main";
    private static final int MAX_OUTPUT_BYTES = 4000;
    private static final long LOOK_AGAIN_MILLIS = 20;

    private final Unit unit;
    private final long limitMillis;

    LauncherVerify(Unit unit, long limitMillis) {
        this.unit = unit;
        this.limitMillis = limitMillis;
    }

    /** Returns if it is accepted. */
    void demand(Generation generation, Cancellation cancellation) throws Stopped {
        @Nullable Path output = null;
        @Nullable Process process = null;
        try {
            Files.createDirectories(unit.run());
            output = Files.createTempFile(unit.run(), "plan-verify-", ".txt");
            process = new ProcessBuilder(command(generation))
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            process.getOutputStream().close();
            await(process, cancellation);
            if (process.exitValue() != 0) {
                throw new Stopped(UpdateCode.VERIFY_FAILED, "exit code " + process.exitValue() + ": " + said(output));
            }
        } catch (IOException e) {
            throw new Stopped(UpdateCode.VERIFY_FAILED, "the launcher of the slot cannot be run", e);
        } finally {
            end(process);
            forget(output);
        }
    }

    private List<String> command(Generation generation) throws IOException, Stopped {
        Path folder = unit.slot(generation.slot());
        try {
            Slot slot = Slot.read(folder);
            String classPath = String.join(
                    File.pathSeparator,
                    slot.files().digests().keySet().stream()
                            .map(name -> folder.resolve("lib").resolve(name).toString())
                            .toList());
            Path java = Path.of(slot.java(), "bin", "java");
            if (!Files.isExecutable(java)) {
                throw new IOException(java + " cannot be executed");
            }
            List<String> command = new ArrayList<>();
            // Callers of the gateway go first, but not so far that a busy machine starves it until its time is over.
            if (Files.isExecutable(NICE)) {
                command.addAll(List.of(NICE.toString(), "-n", "5"));
            }
            command.addAll(List.of(java.toString(), "-Xshare:auto", "-Xlog:disable"));
            Path archive = folder.resolve("launcher.jsa");
            if (Files.exists(archive)) {
                command.add("-XX:SharedArchiveFile=" + archive);
            }
            command.addAll(List.of(
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-cp",
                    classPath,
                    MAIN,
                    "verify",
                    "--unit",
                    unit.directory().toString(),
                    "--generation",
                    Integer.toString(generation.number())));
            return command;
        } catch (MalformedJson e) {
            throw new Stopped(UpdateCode.VERIFY_FAILED, "slot.json is malformed", e);
        }
    }

    private void await(Process process, Cancellation cancellation) throws Stopped {
        long start = System.nanoTime();
        try {
            while (!process.waitFor(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
                cancellation.check();
                if (System.nanoTime() - start > TimeUnit.MILLISECONDS.toNanos(limitMillis)) {
                    throw new Stopped(UpdateCode.VERIFY_FAILED, "no verdict within " + limitMillis + " ms");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Stopped(UpdateCode.ENGINE_STOPPED, "the engine's thread was interrupted", e);
        }
    }

    private static String said(Path output) throws IOException {
        try (InputStream in = Files.newInputStream(output)) {
            return new String(in.readNBytes(MAX_OUTPUT_BYTES), StandardCharsets.UTF_8)
                    .replaceAll("\\p{Cntrl}+", " ")
                    .strip();
        }
    }

    private static void end(@Nullable Process process) {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    // Left behind it would be removed with what dry runs leave.
    private static void forget(@Nullable Path output) throws Stopped {
        if (output == null) {
            return;
        }
        try {
            Files.deleteIfExists(output);
        } catch (IOException e) {
            throw new Stopped(UpdateCode.VERIFY_FAILED, "the verdict's file cannot be removed", e);
        }
    }
}
