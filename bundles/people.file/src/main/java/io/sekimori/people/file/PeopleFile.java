package io.sekimori.people.file;

import io.sekimori.access.AccessCode;
import io.sekimori.access.AccessException;
import io.sekimori.durable.DurableFile;
import io.sekimori.durable.VersionLock;
import io.sekimori.trust.MalformedJson;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code people.json}: read anew for each operation, replaced as a whole. A file that is not whole is refused, never taken
 * for one in which there is nobody. Thread-safe, also against another version of this class.
 */
final class PeopleFile {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Set<PosixFilePermission> OWNER =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final Path folder;
    private final Path file;
    private volatile Read last = new Read(new byte[0], Contents.NOBODY);

    /** The bytes of a file and what they mean, since reading is cheaper than understanding. */
    private record Read(byte[] bytes, Contents contents) {}

    /** Makes what will be of what is. */
    @FunctionalInterface
    interface Change {
        Contents of(Contents now) throws AccessException;
    }

    PeopleFile(Path folder) {
        this.folder = folder;
        this.file = folder.resolve("people.json");
    }

    /** What is kept now. Needs no lock, since the file is only ever replaced as a whole. */
    Contents read() throws AccessException {
        try {
            return parsed(bytes());
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Changes what is kept as if alone; durable on return. An exception of {@code change} leaves all as it was. */
    void change(Change change) throws AccessException {
        try {
            DurableFile.makeDirectory(folder);
            VersionLock lock = VersionLock.take(folder.resolve("lock"), PATIENCE)
                    .orElseThrow(() -> new IOException("somebody else holds the lock"));
            try {
                Contents before = read();
                Contents after = change.of(before);
                if (!after.equals(before)) {
                    removeUnfinished();
                    DurableFile.replace(file, ContentsJson.bytes(after));
                }
            } finally {
                lock.release();
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    // Not a channel: it would be closed under an interrupted thread.
    private byte @Nullable [] bytes() throws IOException, AccessException {
        try {
            PosixFileAttributes found =
                    Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!found.isRegularFile() || !OWNER.containsAll(found.permissions())) {
                throw unreadable("it is no file, or open to others", null);
            }
        } catch (NoSuchFileException e) {
            return null;
        }
        try (InputStream in = new FileInputStream(file.toFile())) {
            return in.readNBytes(ContentsJson.MAX_BYTES + 1);
        }
    }

    private Contents parsed(byte @Nullable [] bytes) throws AccessException {
        if (bytes == null) {
            return Contents.NOBODY;
        }
        Read before = last; // read once: another thread may set it
        if (bytes.length > 0 && Arrays.equals(before.bytes(), bytes)) {
            return before.contents();
        }
        try {
            Contents contents = ContentsJson.parse(bytes);
            last = new Read(bytes, contents);
            return contents;
        } catch (MalformedJson e) {
            throw unreadable(String.valueOf(e.getMessage()), e);
        }
    }

    /** What a power cut left of a file that was never given its name. */
    private void removeUnfinished() throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, DurableFile.UNFINISHED_PREFIX + "*")) {
            for (Path each : left) {
                Files.deleteIfExists(each);
            }
        }
    }

    private static AccessException unreadable(String detail, @Nullable Exception cause) {
        return new AccessException(AccessCode.PEOPLE_UNREADABLE, "people.json: " + detail, cause);
    }

    private static AccessException failed(IOException e) {
        return new AccessException(AccessCode.ACCESS_STORE_FAILED, String.valueOf(e.getMessage()), e);
    }
}
