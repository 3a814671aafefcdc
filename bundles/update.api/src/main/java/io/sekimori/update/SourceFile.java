package io.sekimori.update;

import java.io.IOException;
import java.io.InputStream;

/**
 * A file of a source that was opened. Closing it from another thread ends a read that is waiting, and does not read what
 * is left.
 *
 * @param offset of the first byte that {@code bytes} gives: the one that was asked for, or 0 if the source cannot begin
 *     in the middle
 * @param bytes may turn out shorter, longer or other than was signed
 */
public record SourceFile(long offset, InputStream bytes) implements AutoCloseable {

    /** @throws IllegalArgumentException if the offset is negative */
    public SourceFile {
        if (offset < 0) {
            throw new IllegalArgumentException("an offset is 0 or greater");
        }
    }

    @Override
    public void close() throws IOException {
        bytes.close();
    }
}
