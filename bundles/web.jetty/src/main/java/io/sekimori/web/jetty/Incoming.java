package io.sekimori.web.jetty;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * What a caller sends, and what becomes of the rest of it when the answer is given before its end. Who sends on while nobody
 * reads finds the connection reset, and the answer with it (RFC 9112, 9.6); so the rest is read and thrown away, in bounds of
 * bytes and time and without a thread that waits, and only then is the connection closed. Jetty has no such thing of its own:
 * it throws away what is there already, and closes. Jetty calls one method at a time.
 */
final class Incoming implements Content.Source {

    private static final int READS_AT_ONCE = 16;

    private final Request request;
    private final Bounds bounds;
    private final PacedBody.Clockwork clockwork;
    private final Consumer<TimeoutException> end;
    private final boolean waitsToBeAsked;
    private boolean asked;
    private boolean broken;

    /**
     * How much of the rest is thrown away.
     *
     * @param time in all, from the answer on: who sends a byte now and then has no more
     */
    record Bounds(long bytes, Duration time) {}

    /** @param end lets the read that waits fail */
    Incoming(Request request, Bounds bounds, PacedBody.Clockwork clockwork, Consumer<TimeoutException> end) {
        this.request = request;
        this.bounds = bounds;
        this.clockwork = clockwork;
        this.end = end;
        this.waitsToBeAsked = request.getHeaders().contains(HttpHeader.EXPECT, HttpHeaderValue.CONTINUE.asString());
    }

    @Override
    public long getLength() {
        return request.getLength();
    }

    @Override
    public Content.@Nullable Chunk read() {
        Content.Chunk chunk = request.read();
        asked |= chunk != null && chunk.hasRemaining();
        return chunk;
    }

    @Override
    public void demand(Runnable demanded) {
        asked = true;
        request.demand(demanded);
    }

    @Override
    public void fail(Throwable failure) {
        request.fail(failure);
    }

    /**
     * Whether all of it came by now; what is there already is thrown away. Not by {@code consumeAvailable}, after which nothing
     * can be read any more.
     */
    boolean hasEnded() {
        for (int reads = 0; reads < READS_AT_ONCE; reads++) {
            Content.Chunk chunk = read();
            if (chunk == null) {
                return false;
            }
            chunk.release();
            broken = Content.Chunk.isFailure(chunk);
            if (chunk.isLast() || broken) {
                return !broken;
            }
        }
        return false;
    }

    /** Whether the caller may be sending; one who waits for leave and was answered without it sends nothing (RFC 9110, 10.1.1). */
    boolean mayBeComing() {
        return !broken && (asked || !waitsToBeAsked);
    }

    /** The same response, which does not end with what is written: the end is to come after {@link #throwAway}. */
    Response kept(Response response) {
        return new Response.Wrapper(request, response) {
            @Override
            public void write(boolean last, ByteBuffer content, Callback callback) {
                super.write(false, content, callback);
            }
        };
    }

    /**
     * Throws away the rest, then ends the exchange.
     *
     * @param callback succeeds if the rest came, so that the caller has heard the answer; else fails, which closes the connection
     */
    void throwAway(Callback callback) {
        new Rest(callback).run();
    }

    /** Reads on for nobody. */
    private final class Rest implements Runnable {

        private final Callback callback;
        private final long began = clockwork.nanos().getAsLong();
        private long left = bounds.bytes();

        Rest(Callback callback) {
            this.callback = callback;
        }

        @Override
        public void run() {
            while (true) {
                Content.Chunk chunk = request.read();
                if (chunk == null) {
                    await();
                    return;
                }
                if (Content.Chunk.isFailure(chunk)) {
                    callback.failed(chunk.getFailure());
                    return;
                }
                boolean last = chunk.isLast();
                left -= chunk.remaining();
                chunk.release();
                if (last) {
                    callback.succeeded();
                    return;
                }
                if (left < 0 || nanosLeft() <= 0) {
                    callback.failed(new TimeoutException("more came after the answer than is thrown away"));
                    return;
                }
            }
        }

        private long nanosLeft() {
            return bounds.time().toNanos() - (clockwork.nanos().getAsLong() - began);
        }

        /** What waits is ended by the clock alone: whoever is not idle is not ended by Jetty. */
        private void await() {
            Waited waited = new Waited();
            long millis = TimeUnit.NANOSECONDS.toMillis(Math.max(0, nanosLeft())) + 1;
            Scheduler.Task look = clockwork.scheduler().schedule(waited::late, millis, TimeUnit.MILLISECONDS);
            request.demand(() -> {
                waited.over();
                look.cancel();
                run();
            });
        }
    }

    /** One wait, which ends when more comes or when it is late. */
    private final class Waited {

        private boolean over;

        synchronized void over() {
            over = true;
        }

        synchronized void late() {
            if (!over) {
                over = true;
                end.accept(new TimeoutException("the rest of the body comes too slowly"));
            }
        }
    }
}
