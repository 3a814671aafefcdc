package io.sekimori.itests.process;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A kernel that answers EIO to each sync of one file of one process, for as long as this is open: strace sees to it. */
final class FailingSyncs implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process strace;
    private final boolean attached;

    private FailingSyncs(Process strace, boolean attached) {
        this.strace = strace;
        this.attached = attached;
    }

    /** Begins, if this machine lets one process look into another. */
    static FailingSyncs of(Path file, long process) throws IOException {
        Path said = Files.createTempFile("strace", ".txt");
        Process strace = new ProcessBuilder(
                        "strace",
                        "-f",
                        "-P",
                        file.toString(),
                        "-e",
                        "trace=fsync,fdatasync",
                        "-e",
                        "inject=fsync,fdatasync:error=EIO",
                        "-o",
                        "/dev/null",
                        "-p",
                        Long.toString(process))
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        await().atMost(PATIENCE)
                .until(() -> !strace.isAlive() || Files.readString(said).contains("attached"));
        return new FailingSyncs(strace, strace.isAlive());
    }

    boolean attached() {
        return attached;
    }

    @Override
    public void close() throws IOException {
        strace.destroy(); // it lets go of the process
        try {
            if (!strace.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IOException("strace does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
