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

/**
 * The one pack that people have uploaded. The one of before goes first, so that no more than one is on the disk; what a
 * power cut leaves of an unfinished one goes with the next. Thread-safe, also against another version of this class.
 */
final class Upload {

    /** So much is left to the unit, whatever somebody uploads. */
    private static final long RESERVE_BYTES = 64L << 20;

    private static final int CHUNK = 64 << 10;
    private static final int CHUNKS_BETWEEN_LOOKS = 64;

    private final Path folder;
    private final Path lock;

    Upload(Path data) {
        this.folder = data.resolve("upload");
        this.lock = data.resolve("upload.lock");
    }

    Path folder() {
        return folder;
    }

    /** What is to be done while nobody else uploads. */
    @FunctionalInterface
    private interface Work<T> {
        T run() throws WebException, IOException;
    }

    /**
     * Keeps what comes under that name.
     *
     * @throws WebException if somebody else uploads, or the disk has not enough room
     */
    Pack keep(String name, InputStream body) throws WebException, IOException {
        return alone(() -> {
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
    void remove() throws WebException, IOException {
        alone(() -> {
            clear();
            return true;
        });
    }

    private void copy(InputStream body, Path target) throws WebException, IOException {
        DurableFile.makeFile(target);
        try (RandomAccessFile file = new RandomAccessFile(target.toFile(), "rw")) {
            byte[] chunk = new byte[CHUNK];
            int chunks = 0;
            int read = body.readNBytes(chunk, 0, CHUNK);
            while (read > 0) {
                if (chunks++ % CHUNKS_BETWEEN_LOOKS == 0) {
                    requireRoom();
                }
                file.write(chunk, 0, read);
                read = body.readNBytes(chunk, 0, CHUNK);
            }
            file.getFD().sync();
        }
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

    private <T> T alone(Work<T> work) throws WebException, IOException {
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
