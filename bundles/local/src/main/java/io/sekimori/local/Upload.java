package io.sekimori.local;

import io.sekimori.durable.DurableFile;
import io.sekimori.durable.VersionLock;
import io.sekimori.update.UpdateCode;
import io.sekimori.web.Problem;
import io.sekimori.web.WebException;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The one pack that people have uploaded. The one of before goes first, so that no more than one is on the disk; what a
 * power cut leaves of an unfinished one goes with the next. Nobody waits for an upload, and none lasts for ever. Thread-safe,
 * also against another version of this class.
 */
final class Upload {

    /** So much is left to the unit, whatever somebody uploads. */
    private static final long RESERVE_BYTES = 64L << 20;

    private static final int CHUNK = 64 << 10;
    private static final long BYTES_BETWEEN_LOOKS = 4L << 20;
    private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(30);

    private final Path folder;
    private final Path lock;
    private final LongSupplier nanos;

    Upload(Path data) {
        this(data, System::nanoTime);
    }

    /** @param nanos a time that is never set */
    Upload(Path data, LongSupplier nanos) {
        this.nanos = nanos;
        this.folder = data.resolve("upload");
        this.lock = data.resolve("upload.lock");
    }

    Path folder() {
        return folder;
    }

    /** What is to be done while nobody else uploads or deletes. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws WebException, IOException;
    }

    /** Looks whether what is there may go. */
    @FunctionalInterface
    interface Quiet {
        void require() throws WebException;
    }

    /**
     * Keeps what comes under that name.
     *
     * @param quiet asked when nobody can begin to read the one of before any more
     * @throws WebException if somebody else uploads, it takes too long, or the disk has not enough room
     */
    Pack keep(String name, InputStream body, Quiet quiet) throws WebException, IOException {
        return alone(() -> {
            quiet.require();
            clear();
            Path unfinished = folder.resolve(DurableFile.UNFINISHED_PREFIX + "upload");
            boolean whole = false;
            try {
                copy(body, unfinished);
                Path file = folder.resolve(name);
                Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
                DurableFile.syncDirectory(folder);
                whole = true;
                BasicFileAttributes facts = Files.readAttributes(file, BasicFileAttributes.class);
                return Pack.of(
                        file,
                        Pack.Place.UPLOAD,
                        facts.size(),
                        facts.lastModifiedTime().toInstant());
            } finally {
                if (!whole) {
                    Files.deleteIfExists(unfinished);
                }
            }
        });
    }

    /** Deletes it, if there is one. */
    void remove(Quiet quiet) throws WebException, IOException {
        alone(() -> {
            quiet.require();
            clear();
            return true;
        });
    }

    private void copy(InputStream body, Path target) throws WebException, IOException {
        DurableFile.makeFile(target);
        long begun = nanos.getAsLong();
        try (RandomAccessFile file = new RandomAccessFile(target.toFile(), "rw")) {
            byte[] chunk = new byte[CHUNK];
            long written = 0;
            long looked = -BYTES_BETWEEN_LOOKS;
            int read = read(body, chunk, begun);
            while (read >= 0) {
                if (written - looked >= BYTES_BETWEEN_LOOKS) {
                    requireRoom();
                    looked = written;
                }
                file.write(chunk, 0, read);
                written += read;
                read = read(body, chunk, begun);
            }
            file.getFD().sync();
        }
    }

    /** What is there, not a whole chunk: who sends a byte now and then would keep the time from being looked at. */
    private int read(InputStream body, byte[] chunk, long begun) throws WebException, IOException {
        int read = body.read(chunk);
        if (nanos.getAsLong() - begun > LONGEST_NANOS) {
            throw new WebException(new Problem(408, LocalCode.UPLOAD_TOO_SLOW, "it took over 30 minutes"));
        }
        return read;
    }

    private void requireRoom() throws WebException, IOException {
        if (Files.getFileStore(folder).getUsableSpace() < RESERVE_BYTES) {
            throw new WebException(new Problem(507, UpdateCode.DISK_FULL, "less than 64 MiB would be left"));
        }
    }

    private void clear() throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder)) {
            for (Path each : left) {
                Files.delete(each);
            }
        }
    }

    /**
     * Does something while nobody uploads or deletes; does not wait.
     *
     * @throws WebException if somebody does
     */
    <T> T alone(Work<T> work) throws WebException, IOException {
        DurableFile.makeDirectory(folder);
        VersionLock held = VersionLock.take(lock, Duration.ZERO)
                .orElseThrow(() ->
                        new WebException(new Problem(409, LocalCode.UPLOAD_RUNNING, "somebody uploads a pack now")));
        try {
            return work.run();
        } finally {
            held.release();
        }
    }
}
