package io.sekimori.demo;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * The clock of a process, moved by Debian's libfaketime also while that runs. The time since the machine started goes on as it
 * does.
 *
 * @param file what is read at each look at the clock
 */
record MovedClock(Path file) {

    /** Has it differ from the right time by so much, such as {@code -55y}, {@code +40d} or {@code +0}. */
    void by(String offset) throws IOException {
        Path next = file.resolveSibling(file.getFileName() + ".next");
        Files.writeString(next, offset + "\n");
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** The beginning of a command that goes by it. */
    List<String> command() throws IOException {
        return List.of(
                "env",
                "LD_PRELOAD=" + library(),
                "FAKETIME_TIMESTAMP_FILE=" + file,
                "FAKETIME_NO_CACHE=1",
                "FAKETIME_DONT_FAKE_MONOTONIC=1",
                // Its correction of waits by the steady clock is for a C library of before; here it makes them wrong.
                "FAKETIME_FORCE_MONOTONIC_FIX=0",
                "NO_FAKE_STAT=1");
    }

    private static Path library() throws IOException {
        try (DirectoryStream<Path> machines = Files.newDirectoryStream(Path.of("/usr/lib"), "*-linux-*")) {
            for (Path each : machines) {
                Path found = each.resolve("faketime/libfaketimeMT.so.1");
                if (Files.exists(found)) {
                    return found;
                }
            }
        }
        throw new IOException("Debian's package libfaketime is not installed");
    }
}
