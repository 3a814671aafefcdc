package io.sekimori.itests.process;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * A file system of its own whose power can be cut: what was not synced by then is gone. It is ext4 in a file, shut down
 * without its journal being flushed (EXT4_IOC_SHUTDOWN of the kernel's fs/ext4/ioctl.c), unmounted and mounted again.
 * Needs root and loop devices. Confined to one thread.
 */
final class LossyDisk implements AutoCloseable {

    /** What a machine must permit. */
    static final String NEEDS = "an ext4 in a file needs root, loop devices and mkfs.ext4";

    private static final long BYTES = 512L << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    // Nothing is to become durable but what is asked for: no commit by the clock, and no flush that a rename implies.
    private static final String OPTIONS = "loop,noatime,commit=3600,noauto_da_alloc";
    // Java has no ioctl; perl is part of every Debian. 2 is EXT4_GOING_FLAGS_NOLOGFLUSH.
    private static final String SHUTDOWN = "open(my $top, '<', $ARGV[0]) or die \"open: $!\";"
            + " my $how = pack('L', 2); ioctl($top, 0x8004587d, $how) or die \"ioctl: $!\"";

    private final Path image;
    private final Path directory;

    private LossyDisk(Path image, Path directory) {
        this.image = image;
        this.directory = directory;
    }

    /** Whether a build that has none is to fail: one of a build server, which nobody watches, by root. */
    static boolean isDemanded() {
        return Boolean.parseBoolean(System.getenv("CI"))
                && System.getProperty("user.name").equals("root");
    }

    /** Makes one at that folder, which is then empty; empty where the machine does not permit it. */
    static Optional<LossyDisk> at(Path directory) throws IOException {
        Files.createDirectories(directory);
        Path image = directory.resolveSibling(directory.getFileName() + ".ext4");
        try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(BYTES);
        }
        LossyDisk disk = new LossyDisk(image, directory);
        if (Command.run("/sbin/mkfs.ext4", "-q", "-F", "-m", "0", image.toString()) != 0 || disk.mount() != 0) {
            Files.delete(image);
            return Optional.empty();
        }
        Files.delete(directory.resolve("lost+found"));
        return Optional.of(disk);
    }

    /** Makes everything that is on it last. */
    void sync() throws IOException {
        Command.demand("sync", "-f", directory.toString());
    }

    /** Cuts its power, and brings it back. Nobody may have a file of it open any more. */
    void losePower() throws IOException {
        Command.demand("perl", "-e", SHUTDOWN, directory.toString());
        // A process that was killed may still be closing its files.
        await().atMost(PATIENCE).until(() -> Command.run("umount", directory.toString()) == 0);
        if (mount() != 0) {
            throw new IOException(image + " cannot be mounted after a power cut");
        }
    }

    private int mount() throws IOException {
        return Command.run("mount", "-o", OPTIONS, image.toString(), directory.toString());
    }

    @Override
    public void close() throws IOException {
        Command.run("umount", "-l", directory.toString());
        Files.deleteIfExists(image);
    }
}
