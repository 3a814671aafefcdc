package io.sekimori.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Root's helper beside a gateway, with a thread in the place of systemd's path unit. When it is closed there is none any more. */
final class RootsHelper implements AutoCloseable {

    private static final long GLANCE_MILLIS = 50;

    private final Path unit;
    private final Thread watch = new Thread(this::watch, "sekimori-itest-roots-helper");
    private volatile boolean closed;

    RootsHelper(Path unit) throws IOException {
        this.unit = unit;
        Files.createDirectories(helper());
        watch.start();
    }

    private Path helper() {
        return unit.resolve("slots/.helper");
    }

    private void watch() {
        Path request = unit.resolve("run/slot-request.json");
        FileTime answered = FileTime.fromMillis(0);
        while (!closed) {
            try {
                if (Files.exists(request) && Files.getLastModifiedTime(request).compareTo(answered) > 0) {
                    answered = Files.getLastModifiedTime(request);
                    run();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(GLANCE_MILLIS));
        }
    }

    private void run() throws IOException {
        new ProcessBuilder(unit.resolve("bin/sekimori-gateway").toString(), "--bring-slot", unit.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .onExit()
                .join();
    }

    @Override
    public void close() throws IOException {
        closed = true;
        try {
            watch.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try (Stream<Path> files = Files.list(helper())) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(helper());
    }
}
