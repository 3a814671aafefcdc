package io.sekimori.audit.chain;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads a file line by line in bounded memory. Confined to one thread, which may be interrupted. */
final class LineReader implements Closeable {

    /**
     * One line.
     *
     * @param bytes without the line feed; of a line that is too long only the beginning
     * @param length in the file, with its line feed
     * @param terminated whether it ended in a line feed
     * @param tooLong whether it is longer than a line of the chain can be
     * @param hasNul whether any byte of it is 0, as in a block that was never written
     */
    record Line(byte[] bytes, long length, boolean terminated, boolean tooLong, boolean hasNul) {}

    private final InputStream in;
    private final byte[] buffer = new byte[64 * 1024];
    private int from;
    private int to;

    /** Reads {@code file} from {@code offset} on. */
    LineReader(Path file, long offset) throws IOException {
        // Not a channel: it would be closed under an interrupted thread.
        in = new FileInputStream(file.toFile());
        try {
            in.skipNBytes(offset);
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    /** The next line, or null at the end of the file. */
    @Nullable
    Line next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(512);
        long length = 0;
        boolean nul = false;
        while (fill()) {
            int end = from;
            while (end < to && buffer[end] != '\n') {
                nul |= buffer[end] == 0;
                end++;
            }
            int room = ChainLine.MAX_BYTES + 1 - line.size();
            line.write(buffer, from, Math.min(room, end - from));
            length += end - from;
            from = end;
            if (end < to) {
                from = end + 1;
                return new Line(line.toByteArray(), length + 1, true, length > ChainLine.MAX_BYTES, nul);
            }
        }
        return length == 0 ? null : new Line(line.toByteArray(), length, false, length > ChainLine.MAX_BYTES, nul);
    }

    private boolean fill() throws IOException {
        if (from == to) {
            from = 0;
            to = Math.max(0, in.read(buffer));
        }
        return to > 0;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
