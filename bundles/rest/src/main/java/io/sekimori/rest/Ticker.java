package io.sekimori.rest;

import io.sekimori.web.EventSource;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * Tells listeners that a number has changed, looking once a second for each. The number comes from the records, so that
 * what another console did is seen as well. Thread-safe.
 */
final class Ticker implements AutoCloseable {

    private static final long SECOND = 1;

    private final ScheduledThreadPoolExecutor thread;

    Ticker() {
        thread = new ScheduledThreadPoolExecutor(1, work -> {
            Thread made = new Thread(work, "sekimori-rest-events");
            made.setDaemon(true);
            return made;
        });
        thread.setRemoveOnCancelPolicy(true);
        thread.setKeepAliveTime(10, TimeUnit.SECONDS);
        thread.allowCoreThreadTimeOut(true);
    }

    /**
     * Sends an event of {@code type} at first and whenever {@code number} is another one; its id is the number. What there
     * is then is asked for.
     */
    EventSource watching(String type, Supplier<OptionalLong> number) {
        return (sink, lastEventId) -> {
            AtomicLong told = new AtomicLong(Long.MIN_VALUE);
            ScheduledFuture<?> looking = thread.scheduleWithFixedDelay(
                    () -> {
                        OptionalLong now = number.get();
                        if (now.isPresent() && told.getAndSet(now.getAsLong()) != now.getAsLong()) {
                            sink.send(Long.toString(now.getAsLong()), type, Map.of());
                        }
                    },
                    0,
                    SECOND,
                    TimeUnit.SECONDS);
            return () -> looking.cancel(false);
        };
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
