package io.sekimori.itests.process;

import io.sekimori.generation.SlotAnswer;
import io.sekimori.generation.Unit;
import io.sekimori.trust.MalformedJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The helper of root's as it ships, and in the place of systemd's path unit a thread that starts it when a request appears.
 * Where it shall be killed, it is run under strace, which ends it at exactly that call of the system.
 */
final class PathUnit implements AutoCloseable {

    private static final long LOOK_AGAIN_MILLIS = 20;
    private static final long PATIENCE_SECONDS = 60;
    private static final int KILLED = 128 + 9;

    private final Unit unit;
    private final Thread watch;
    private final List<String> kills = new ArrayList<>();
    private final List<String> found = new ArrayList<>();
    private volatile boolean closed;

    PathUnit(Unit unit) throws IOException {
        this.unit = unit;
        Files.createDirectories(unit.slotHelper());
        this.watch = new Thread(this::watch, "sekimori-itest-path-unit");
        watch.setDaemon(true);
        watch.start();
    }

    /** From now on each request is first answered by one that is killed at each of these: {@code syscall:when=number}. */
    synchronized void killedAt(List<String> points) {
        kills.addAll(points);
    }

    /** What lay in the place of the slots after each kill: a name each that is no whole slot's. */
    synchronized List<String> halves() {
        return List.copyOf(found);
    }

    /** Runs it once, on whatever is asked for; answers its exit code. */
    int run() throws IOException, InterruptedException {
        return run(List.of());
    }

    SlotAnswer answer() throws IOException, MalformedJson {
        return SlotAnswer.parse(Files.readAllBytes(unit.slotAnswerFile()));
    }

    private int run(List<String> before) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(
                "/bin/sh",
                unit.directory().resolve("bin/sekimori-gateway").toString(),
                "--bring-slot",
                unit.directory().toString()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the helper does not end");
            }
            return process.exitValue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private void watch() {
        FileTime answered = FileTime.fromMillis(0);
        while (!closed) {
            try {
                FileTime asked = Files.exists(unit.slotRequestFile())
                        ? Files.getLastModifiedTime(unit.slotRequestFile())
                        : answered;
                if (asked.compareTo(answered) > 0) {
                    answered = asked;
                    killSome();
                    run();
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_AGAIN_MILLIS));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private synchronized void killSome() throws IOException, InterruptedException {
        for (String point : kills) {
            int code = run(List.of(
                    "strace",
                    "-f",
                    "-o",
                    "/dev/null",
                    "-e",
                    "trace=" + point.split(":")[0],
                    "-e",
                    "inject=" + point.replaceFirst(":", ":signal=KILL:")));
            if (code != KILLED) {
                found.add("not killed at " + point);
            }
            try (var entries = Files.list(unit.slots())) {
                for (Path entry :
                        entries.filter(each -> !each.equals(unit.slotHelper())).toList()) {
                    if (!Files.exists(entry.resolve("slot.json"))) {
                        found.add(point + ": " + entry.getFileName());
                    }
                }
            }
        }
        kills.clear();
    }

    @Override
    public void close() {
        closed = true;
        watch.interrupt();
        try {
            watch.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
