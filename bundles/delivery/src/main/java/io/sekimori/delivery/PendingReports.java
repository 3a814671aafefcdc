package io.sekimori.delivery;

import io.sekimori.durable.DurableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reports that nobody has taken over yet, in {@code data/io.sekimori.delivery/reports}: the newest {@value #KEPT}, oldest
 * first. One that is lost with the disk is made up for by the next, which says the same of what runs. Thread-safe.
 */
final class PendingReports {

    static final int KEPT = 20;

    private final Path directory;

    PendingReports(Path directory) {
        this.directory = directory;
    }

    /** Keeps one more. */
    synchronized void add(byte[] report) throws IOException {
        DurableFile.makeDirectory(directory);
        List<Path> there = list();
        long next = there.isEmpty() ? 1 : number(there.get(there.size() - 1)) + 1;
        DurableFile.create(directory.resolve(String.format("%019d.json", next)), report);
        for (Path old : there.subList(0, Math.max(0, there.size() + 1 - KEPT))) {
            Files.delete(old);
        }
    }

    /** Takes a report over, or throws. */
    interface Taker {
        void take(byte[] report) throws IOException;
    }

    /** Hands all of them to {@code taker}, oldest first, and forgets each that it took. */
    synchronized void drain(Taker taker) throws IOException {
        for (Path file : list()) {
            taker.take(Files.readAllBytes(file));
            Files.delete(file);
        }
    }

    private List<Path> list() throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().matches("[0-9]{19}\\.json"))
                    .sorted()
                    .toList();
        }
    }

    private static long number(Path file) {
        return Long.parseLong(file.getFileName().toString().substring(0, 19));
    }
}
