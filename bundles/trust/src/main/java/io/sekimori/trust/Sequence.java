package io.sekimori.trust;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;

/**
 * Numbers that only grow, through power cuts and across two versions of a bundle that are alive at once: what {@link
 * SignedReport} and {@link SignedStatement} are told apart from a replay by. A number is taken by making a file of that
 * name, which only one can. The seconds since 1970 are the least, so that a folder that was lost does not begin anew.
 * Thread-safe.
 */
public final class Sequence {

    private final Path folder;
    private final Clock clock;

    /** @param folder of this sequence alone; made when it is first needed */
    public Sequence(Path folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
    }

    /**
     * The next number; durable when it returns.
     *
     * @throws IOException if it cannot be kept; then no number was given
     */
    public long next() throws IOException {
        Files.createDirectories(folder);
        List<Long> taken = taken();
        long next = Math.max(
                taken.stream().mapToLong(Long::longValue).max().orElse(0) + 1,
                clock.instant().getEpochSecond());
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
