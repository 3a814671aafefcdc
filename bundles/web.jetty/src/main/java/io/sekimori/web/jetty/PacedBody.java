package io.sekimori.web.jetty;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.util.thread.Invocable;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * A body whose sender must not fall behind: who sends a byte now and then is never idle. Only the time counts in which more
 * of it is waited for, what comes faster than asked is credit up to the grace, and when that is used up the wait ends.
 * Thread-safe.
 */
final class PacedBody implements Content.Source {

    private final Content.Source body;
    private final Pace pace;
    private final Clockwork clockwork;
    private final Consumer<TimeoutException> end;
    private long creditNanos;
    private long since;
    private Scheduler.@Nullable Task look;

    /**
     * How fast a body must come.
     *
     * @param bytesPerSecond 0 if it may take its time
     * @param graceNanos how far its sender may fall behind
     */
    record Pace(int bytesPerSecond, long graceNanos) {}

    /**
     * What tells the time.
     *
     * @param nanos a time that is never set
     */
    record Clockwork(Scheduler scheduler, LongSupplier nanos) {}

    /** @param end lets the read that waits fail; called at most once for each wait */
    PacedBody(Content.Source body, Pace pace, Clockwork clockwork, Consumer<TimeoutException> end) {
        this.body = body;
        this.pace = pace;
        this.clockwork = clockwork;
        this.end = end;
        this.creditNanos = pace.graceNanos();
    }

    @Override
    public long getLength() {
        return body.getLength();
    }

    @Override
    public Content.@Nullable Chunk read() {
        Content.Chunk chunk = body.read();
        if (chunk != null && pace.bytesPerSecond() > 0) {
            earn(chunk.remaining());
        }
        return chunk;
    }

    /** Jetty must know as before whether what it calls then can block, else readers that have all threads wait for one. */
    @Override
    public void demand(Runnable demanded) {
        if (pace.bytesPerSecond() == 0) {
            body.demand(demanded);
            return;
        }
        begin();
        body.demand(Invocable.from(Invocable.getInvocationType(demanded), () -> {
            stop();
            demanded.run();
        }));
    }

    @Override
    public void fail(Throwable failure) {
        body.fail(failure);
    }

    private synchronized void earn(int bytes) {
        long earned = bytes * TimeUnit.SECONDS.toNanos(1) / pace.bytesPerSecond();
        creditNanos = Math.min(pace.graceNanos(), creditNanos + earned);
    }

    private synchronized void begin() {
        since = clockwork.nanos().getAsLong();
        long millis = TimeUnit.NANOSECONDS.toMillis(Math.max(0, creditNanos)) + 1;
        look = clockwork.scheduler().schedule(this::judge, millis, TimeUnit.MILLISECONDS);
    }

    private synchronized void stop() {
        if (look != null) {
            look.cancel();
            look = null;
        }
        creditNanos -= clockwork.nanos().getAsLong() - since;
    }

    /** One that was too late to be cancelled finds that nobody waits, or not for so long. */
    private synchronized void judge() {
        if (look != null && clockwork.nanos().getAsLong() - since >= creditNanos) {
            look = null;
            end.accept(new TimeoutException("the body comes too slowly"));
        }
    }
}
