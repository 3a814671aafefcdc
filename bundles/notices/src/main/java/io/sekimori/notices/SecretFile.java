package io.sekimori.notices;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/** A file with a secret in its first line, read each time it is needed; refused if anybody else could have. */
final class SecretFile {

    private static final int MAX_BYTES = 1_024;
    private static final Set<PosixFilePermission> OWNER_ONLY = Set.copyOf(EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE));

    private SecretFile() {}

    /** Bytes that the caller overwrites. */
    static byte[] read(Path file) throws IOException {
        PosixFileAttributes facts = Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        require(facts.isRegularFile(), "is not a file");
        require(OWNER_ONLY.containsAll(facts.permissions()), "is open to others; set it to 0600");
        require(facts.owner().equals(Files.getOwner(Path.of("/proc/self"))), "belongs to somebody else");
        require(facts.size() <= MAX_BYTES, "is too large");
        byte[] bytes = Files.readAllBytes(file);
        try {
            int end = 0;
            while (end < bytes.length && bytes[end] != '\n' && bytes[end] != '\r') {
                end++;
            }
            require(end > 0, "is empty");
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, end));
            return Arrays.copyOf(bytes, end);
        } catch (CharacterCodingException e) {
            throw new NotToldException(NoticesCode.NOTICE_SECRET_UNUSABLE, "the file with the secret is not UTF-8", e);
        } finally {
            Arrays.fill(bytes, (byte) 0);
        }
    }

    private static void require(boolean holds, String fault) throws IOException {
        if (!holds) {
            throw new NotToldException(NoticesCode.NOTICE_SECRET_UNUSABLE, "the file with the secret " + fault);
        }
    }
}
