package io.sekimori.trust;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Gives what a server sends as long as it sends fast enough: who sends a byte now and then keeps an update from ever
 * ending (1.5.2, slow retrieval; Uptane 5.4). To be set over a stream whose reads end by themselves. Confined to one thread.
 */
public final class PacedStream extends FilterInputStream {

    private final Pace pace;
    private final LongSupplier nanoTime;
    private final long begun;
    private long count;

    /**
     * How fast is fast enough.
     *
     * @param grace          how long nothing is asked of a server
     * @param bytesPerSecond what it must have sent by then, and goes on to send, on average
     */
    public record Pace(Duration grace, long bytesPerSecond) {}

    /** @param nanoTime as {@link System#nanoTime()} */
    public PacedStream(InputStream in, Pace pace, LongSupplier nanoTime) {
        super(in);
        this.pace = pace;
        this.nanoTime = nanoTime;
        this.begun = nanoTime.getAsLong();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int size) throws IOException {
        int n = super.read(buffer, offset, size);
        if (n > 0) {
            count += n;
            requirePace();
        }
        return n;
    }

    @Override
    public long skip(long n) {
        return 0; // what is skipped would not be counted; callers must read
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void requirePace() throws TrustException {
        Duration passed = Duration.ofNanos(nanoTime.getAsLong() - begun);
        if (passed.compareTo(pace.grace()) > 0 && count < pace.bytesPerSecond() * passed.toMillis() / 1_000) {
            throw new TrustException(
                    TrustCode.SOURCE_SLOW,
                    count + " bytes in " + passed.toSeconds() + " s, expected are " + pace.bytesPerSecond()
                            + " bytes per second");
        }
    }
}
