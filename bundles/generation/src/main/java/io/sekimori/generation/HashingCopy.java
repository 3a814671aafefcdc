package io.sekimori.generation;

import io.sekimori.trust.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Writes a stream to a file and hashes it on the way, so that big files are read once. */
final class HashingCopy {

    private static final int BUFFER_BYTES = 64 * 1024;

    private HashingCopy() {}

    /** How much was written, and its digest. */
    record Copied(long length, String sha256) {}

    /** Copies at most {@code maxBytes + 1} bytes, and answers when they are on the disk. */
    static Copied copy(InputStream in, Path file, long maxBytes) throws IOException {
        MessageDigest digest = Sha256.digest();
        byte[] buffer = new byte[BUFFER_BYTES];
        long length = 0;
        try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
            int read;
            while (length <= maxBytes && (read = in.read(buffer, 0, wanted(maxBytes - length))) >= 0) {
                digest.update(buffer, 0, read);
                ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, read);
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
                length += read;
            }
            out.force(true);
        }
        return new Copied(length, HexFormat.of().formatHex(digest.digest()));
    }

    private static int wanted(long left) {
        return (int) Math.min(BUFFER_BYTES, left + 1);
    }
}
