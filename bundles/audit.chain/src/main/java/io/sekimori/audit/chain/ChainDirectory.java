package io.sekimori.audit.chain;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What lies in the folder of a chain. Reads names only. Thread-safe. */
record ChainDirectory(Path folder) {

    private static final Pattern SEGMENT = Pattern.compile("chain-([0-9]{18})\\.jsonl");
    private static final String PENDING = ".pending";

    /**
     * One file of the chain.
     *
     * @param first the number of its first line, also when it has none yet
     */
    record Segment(long first, Path file) {

        String name() {
            return file.getFileName().toString();
        }
    }

    /** The segments, oldest first; empty if the folder does not exist. */
    List<Segment> segments() throws IOException {
        List<Segment> segments = new ArrayList<>();
        for (Path file : files()) {
            Matcher name = SEGMENT.matcher(file.getFileName().toString());
            if (name.matches()) {
                segments.add(new Segment(Long.parseLong(name.group(1)), file));
            }
        }
        segments.sort(Comparator.comparingLong(Segment::first));
        return segments;
    }

    /** The segment that begins with line {@code first}, whether or not it exists. */
    Segment segment(long first) {
        return new Segment(first, folder.resolve(String.format("chain-%018d.jsonl", first)));
    }

    /** Torn ends that were set aside and of which no line tells yet. */
    List<Path> pending() throws IOException {
        return files().stream()
                .filter(file -> file.getFileName().toString().endsWith(PENDING))
                .sorted()
                .toList();
    }

    /** Where the torn end behind line {@code after} is set aside until a line tells of it. */
    Path pendingFile(long after, String sha256) {
        return folder.resolve("torn-after-" + after + "-" + sha256.substring(0, 16) + PENDING);
    }

    /** Where a torn end lies once a line tells of it. */
    static Path settled(Path pending) {
        String name = pending.getFileName().toString();
        return pending.resolveSibling(name.substring(0, name.length() - PENDING.length()));
    }

    Path lockFile() {
        return folder.resolve("lock");
    }

    private List<Path> files() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
