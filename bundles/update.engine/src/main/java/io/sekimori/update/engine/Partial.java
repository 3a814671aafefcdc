package io.sekimori.update.engine;

import io.sekimori.trust.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;

/** One incoming file that is being continued, hashed as far as it goes. Never longer than signed. Confined to one thread. */
final class Partial implements AutoCloseable {

    private static final int BUFFER_BYTES = 1 << 16;

    private final RandomAccessFile file;
    private final String sha256;
    private final long length;
    private MessageDigest digest = Sha256.digest();
    private long size;

    private Partial(RandomAccessFile file, String sha256, long length) {
        this.file = file;
        this.sha256 = sha256;
        this.length = length;
    }

    static Partial open(Path path, String sha256, long length) throws IOException {
        // A link, a folder, a file that is whole or too long and perhaps the store's own: none of these is written to.
        if (!Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
                || Files.size(path) >= length && !right(path, sha256)) {
            Files.deleteIfExists(path);
        }
        Partial partial = new Partial(new RandomAccessFile(path.toFile(), "rw"), sha256, length);
        // Taken up again: what is old and may be removed is what nobody opens any more.
        Files.setLastModifiedTime(path, FileTime.from(Instant.now()));
        try (InputStream in = Files.newInputStream(path)) {
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                partial.digest.update(buffer, 0, n);
                partial.size += n;
            }
            partial.file.seek(partial.size);
            return partial;
        } catch (IOException e) {
            partial.close();
            throw e;
        }
    }

    private static boolean right(Path path, String sha256) throws IOException {
        return Sha256.hex(path).equals(sha256);
    }

    /** The bytes that are here. */
    long size() {
        return size;
    }

    /** The bytes that are not. */
    long left() {
        return length - size;
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
        file.setLength(0);
        file.seek(0);
        digest = Sha256.digest();
        size = 0;
    }

    /** Whether a file that has its length has its hash, too; then it is on the disk. To be asked once. */
    boolean right() throws IOException {
        boolean right = HexFormat.of().formatHex(digest.digest()).equals(sha256);
        if (right) {
            file.getFD().sync();
        }
        return right;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
