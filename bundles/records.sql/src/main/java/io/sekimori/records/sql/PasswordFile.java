package io.sekimori.records.sql;

import io.sekimori.records.RecordsCode;
import io.sekimori.records.RecordsException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/** The file with the password of the database's user, refused if anybody else could have read or changed it. */
final class PasswordFile {

    private static final int MAX_BYTES = 1_024;
    private static final Set<PosixFilePermission> OWNER_ONLY = Set.copyOf(EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE));

    private PasswordFile() {}

    /** The first line. A string, since nothing else can be given to the driver, which keeps it for new connections. */
    static String read(Path file) throws RecordsException {
        try {
            PosixFileAttributes facts =
                    Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            require(facts.isRegularFile(), "the password file is not a file");
            require(OWNER_ONLY.containsAll(facts.permissions()), "others may use the password file; set it to 0600");
            require(
                    facts.owner().equals(Files.getOwner(Path.of("/proc/self"))),
                    "the password file belongs to " + facts.owner().getName());
            require(facts.size() <= MAX_BYTES, "the password file is too large");
            byte[] bytes = Files.readAllBytes(file);
            try {
                String line = new String(bytes, StandardCharsets.UTF_8)
                        .lines()
                        .findFirst()
                        .orElse("");
                require(!line.isEmpty(), "the password file is empty");
                return line;
            } finally {
                Arrays.fill(bytes, (byte) 0);
            }
        } catch (IOException e) {
            throw new RecordsException(
                    RecordsCode.RECORDS_MISCONFIGURED, "the password file cannot be read: " + e.getMessage(), e);
        }
    }

    private static void require(boolean holds, String fault) throws RecordsException {
        if (!holds) {
            throw new RecordsException(RecordsCode.RECORDS_MISCONFIGURED, fault, null);
        }
    }
}
