package io.sekimori.web.jetty;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;
import org.eclipse.jetty.io.Content;

/**
 * Reads a small body whole before anybody works on it, without a thread that waits for it: else as many slow senders as
 * there are threads would keep out everybody. One byte more than allowed is kept, which shows that there was more.
 * Jetty calls one method at a time.
 */
final class GatheredBody implements Runnable {

    private final Content.Source source;
    private final long maxBytes;
    private final Bodies.Place place;
    private final Consumer<InputStream> whole;
    private final Consumer<Exception> failed;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** @param place left at the latest when {@code whole} or {@code failed} returns */
    GatheredBody(
            Content.Source source,
            long maxBytes,
            Bodies.Place place,
            Consumer<InputStream> whole,
            Consumer<Exception> failed) {
        this.source = source;
        this.maxBytes = maxBytes;
        this.place = place;
        this.whole = whole;
        this.failed = failed;
    }

    /** Goes on reading; called at first by who wants the body, then by Jetty when there is more. */
    @Override
    public void run() {
        boolean waits = false;
        try {
            waits = !ended();
        } finally {
            if (!waits) {
                place.leave();
            }
        }
    }

    /** Whether it came to an end, which was told; else this is run again. */
    private boolean ended() {
        while (true) {
            Content.Chunk chunk = source.read();
            if (chunk == null) {
                source.demand(this);
                return false;
            }
            if (Content.Chunk.isFailure(chunk)) {
                failed.accept(new IOException("the body broke off", chunk.getFailure()));
                return true;
            }
            boolean last = chunk.isLast();
            take(chunk);
            chunk.release();
            if (!place.mayGrow(bytes.size())) {
                failed.accept(Bodies.busy());
                return true;
            }
            if (last || bytes.size() > maxBytes) {
                whole.accept(new ByteArrayInputStream(bytes.toByteArray()));
                return true;
            }
        }
    }

    private void take(Content.Chunk chunk) {
        int room = (int) Math.min(chunk.remaining(), maxBytes + 1 - bytes.size());
        byte[] taken = new byte[room];
        chunk.getByteBuffer().get(taken);
        bytes.write(taken, 0, room);
    }
}
