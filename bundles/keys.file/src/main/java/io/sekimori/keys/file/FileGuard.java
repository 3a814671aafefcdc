package io.sekimori.keys.file;

import io.sekimori.keys.KeyCode;
import io.sekimori.keys.KeyException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.EnumSet;
import java.util.Set;

/**
 * Refuses a key that somebody else could have read, changed or put there. The folder is checked as well: as nobody
 * else can change it, nobody can exchange a file between this check and its use.
 *
 * <p>Thread-safe.
 */
final class FileGuard {

    /** Answers who this process runs as. */
    interface Owner {
        UserPrincipal get() throws IOException;
    }

    private static final Set<PosixFilePermission> OTHERS_MAY_READ = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE,
            PosixFilePermission.OTHERS_EXECUTE);
    private static final Set<PosixFilePermission> OTHERS_MAY_WRITE =
            EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private final Owner owner;

    /** A guard for the user of this process. */
    FileGuard() {
        this(() -> Files.getOwner(Path.of("/proc/self")));
    }

    FileGuard(Owner owner) {
        this.owner = owner;
    }

    /** Checks a folder of keys. */
    void checkFolder(Path folder) throws IOException, KeyException {
        PosixFileAttributes facts = facts(folder);
        if (!facts.isDirectory()) {
            throw refused(KeyCode.KEY_FILE_NOT_REGULAR, folder, "is not a folder");
        }
        check(folder, facts, OTHERS_MAY_WRITE);
    }

    /** Checks a key file, after its folder. */
    void checkFile(Path file) throws IOException, KeyException {
        PosixFileAttributes facts = facts(file);
        if (!facts.isRegularFile()) {
            throw refused(KeyCode.KEY_FILE_NOT_REGULAR, file, "is not a file");
        }
        check(file, facts, OTHERS_MAY_READ);
    }

    private void check(Path path, PosixFileAttributes facts, Set<PosixFilePermission> forbidden)
            throws IOException, KeyException {
        if (!facts.owner().equals(owner.get())) {
            throw refused(
                    KeyCode.KEY_FILE_FOREIGN,
                    path,
                    "belongs to " + facts.owner().getName());
        }
        for (PosixFilePermission permission : facts.permissions()) {
            if (forbidden.contains(permission)) {
                throw refused(KeyCode.KEY_FILE_EXPOSED, path, "allows " + permission);
            }
        }
    }

    private static PosixFileAttributes facts(Path path) throws IOException {
        return Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    private static KeyException refused(KeyCode code, Path path, String found) {
        return new KeyException(code, path.getFileName() + " " + found, null);
    }
}
