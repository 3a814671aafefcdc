package io.sekimori.rest;

import io.sekimori.web.EventSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Tells listeners that something has changed, looking once a second for each. It is looked up in the records, so that
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
     * Sends an event of {@code type} at first and whenever {@code look} sees something else than before. What there is then
     * is asked for.
     *
     * @param look empty while nothing can be seen, as during a swap; compared by equals, since a hash would miss changes
     */
    EventSource watching(String type, Supplier<? extends Optional<?>> look) {
        return (sink, lastEventId) -> {
            AtomicReference<Optional<?>> told = new AtomicReference<>(Optional.empty());
            ScheduledFuture<?> looking = thread.scheduleWithFixedDelay(
                    () -> {
                        Optional<?> now = look.get();
                        if (now.isPresent() && !told.getAndSet(now).equals(now)) {
                            sink.send("", type, Map.of());
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
