package io.sekimori.audit.chain;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/** Opens segments for appending. A test replaces it by a disk that is full or fails. */
interface Disk {

    /** A segment open for appending. Confined to the writer. */
    interface Appendable extends Closeable {

        /** Appends and returns when the bytes are durable; after a failure any part of them may be there. */
        void append(byte[] bytes) throws IOException;

        /** Cuts the file to {@code length} bytes, durably. */
        void truncate(long length) throws IOException;
    }

    /** Opens a segment that exists. */
    Appendable open(Path file) throws IOException;
}
