package io.sekimori.status.signed;

import io.sekimori.trust.DurableFile;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;

/**
 * Numbers that only grow, through power cuts and across two versions that are alive at once: a number is taken by making a
 * file of that name, which only one can. The seconds since 1970 are the least, so that a folder that was lost does not begin
 * anew. Thread-safe.
 */
final class Sequence {

    private final Path folder;
    private final Clock clock;

    Sequence(Path folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
    }

    /** The next number; durable when it returns. */
    long next() throws IOException {
        Files.createDirectories(folder);
        List<Long> taken = taken();
        long highest = taken.stream().mapToLong(Long::longValue).max().orElse(0);
        long next = Math.max(highest + 1, clock.instant().getEpochSecond());
        while (!take(next)) {
            next++;
        }
        DurableFile.syncDirectory(folder);
        for (long old : taken) {
            Files.deleteIfExists(folder.resolve(Long.toString(old)));
        }
        return next;
    }

    private boolean take(long number) throws IOException {
        try {
            Files.createFile(folder.resolve(Long.toString(number)));
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    private List<Long> taken() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("[0-9]{1,18}"))
                    .map(Long::valueOf)
                    .toList();
        }
    }
}
