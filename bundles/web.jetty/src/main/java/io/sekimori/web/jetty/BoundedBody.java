package io.sekimori.web.jetty;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body of which no more than allowed is read, and which knows whether it came whole. Confined to the thread of the request. */
final class BoundedBody extends FilterInputStream {

    /** More came than is allowed. */
    static final class TooLarge extends IOException {

        private static final long serialVersionUID = 1L;

        TooLarge(long maxBytes) {
            super("more than " + maxBytes + " bytes");
        }
    }

    private final long maxBytes;
    private long left;
    private boolean brokeOff;

    BoundedBody(InputStream in, long maxBytes) {
        super(in);
        this.maxBytes = maxBytes;
        this.left = maxBytes;
    }

    @Override
    public int read() throws IOException {
        int read = from(super::read);
        count(read < 0 ? 0 : 1);
        return read;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int read = from(() -> super.read(target, offset, length));
        count(Math.max(read, 0));
        return read;
    }

    @Override
    public long skip(long bytes) throws IOException {
        long skipped = from(() -> super.skip(bytes));
        count(skipped);
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** Whether the caller did not send all of it, or not in time. */
    boolean brokeOff() {
        return brokeOff;
    }

    /** What may end because the caller does. */
    @FunctionalInterface
    private interface Reading<T> {
        T read() throws IOException;
    }

    private <T> T from(Reading<T> reading) throws IOException {
        try {
            return reading.read();
        } catch (IOException | RuntimeException e) { // Jetty has both
            brokeOff = true;
            throw e;
        }
    }

    private void count(long bytes) throws IOException {
        left -= bytes;
        if (left < 0) {
            throw new TooLarge(maxBytes);
        }
    }
}
