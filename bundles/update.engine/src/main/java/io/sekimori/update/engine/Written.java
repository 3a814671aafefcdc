package io.sekimori.update.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/**
 * What this process has sent to disks since it began, as Linux counts it ({@code write_bytes} of proc(5), in pages): all of
 * its bundles, and neither sockets nor file systems in memory.
 */
final class Written {

    private static final Path COUNTERS = Path.of("/proc/self/io");
    private static final String BYTES = "write_bytes: ";

    private Written() {}

    /** The count; empty where nobody counts. */
    static OptionalLong bytes() {
        try {
            return bytes(Files.readAllLines(COUNTERS));
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }

    static OptionalLong bytes(List<String> counters) {
        return counters.stream()
                .filter(line -> line.matches(BYTES + "[0-9]{1,18}"))
                .mapToLong(line -> Long.parseLong(line.substring(BYTES.length())))
                .findFirst();
    }
}
