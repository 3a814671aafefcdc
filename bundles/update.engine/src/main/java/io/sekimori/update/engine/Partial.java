package io.sekimori.update.engine;

import io.sekimori.trust.Sha256;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;

/** One incoming file that is being continued, hashed as far as it goes. Never longer than signed. Confined to one thread. */
final class Partial implements AutoCloseable {

    private final FileOutputStream file;
    private final String sha256;
    private final long length;
    private MessageDigest digest;
    private long size;
    private boolean continued;

    private Partial(FileOutputStream file, String sha256, long length, MessageDigest digest, long size) {
        this.file = file;
        this.sha256 = sha256;
        this.length = length;
        this.digest = digest;
        this.size = size;
        this.continued = size > 0;
    }

    static Partial open(Path path, String sha256, long length) throws IOException {
        // A link, a folder, a file that is too long: none of these is written to. Nor is one that is whole, perhaps the
        // store's own: nothing of it is left.
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS) || Files.size(path) > length) {
            Files.deleteIfExists(path);
            Files.createFile(path);
        }
        // Taken up again: what is old and may be removed is what nobody opens any more.
        Files.setLastModifiedTime(path, FileTime.from(Instant.now()));
        MessageDigest digest = Sha256.digest();
        try (InputStream in = Files.newInputStream(path)) {
            long size = in.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
            return new Partial(new FileOutputStream(path.toFile(), true), sha256, length, digest, size);
        }
    }

    /** The bytes that are here. */
    long size() {
        return size;
    }

    /** The bytes that are not. */
    long left() {
        return length - size;
    }

    /** Whether some of it was here before. */
    boolean continued() {
        return continued;
    }

    void append(byte[] bytes, int count) throws IOException {
        if (count > left()) {
            throw new IllegalArgumentException("more than was signed");
        }
        file.write(bytes, 0, count);
        digest.update(bytes, 0, count);
        size += count;
    }

    /** Throws away what is here. */
    void restart() throws IOException {
        file.getChannel().truncate(0);
        digest = Sha256.digest();
        size = 0;
        continued = false;
    }

    /** Whether a file that has its length has its hash, too; then it is on the disk. To be asked once. */
    boolean right() throws IOException {
        file.getChannel().force(true);
        return HexFormat.of().formatHex(digest.digest()).equals(sha256);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
