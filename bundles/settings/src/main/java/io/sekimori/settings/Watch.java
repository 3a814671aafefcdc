package io.sekimori.settings;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.osgi.service.log.Logger;

/**
 * Looks when a trial is over, and again until the former values are back; and now and then though there seems to be
 * none, since the version that was here before may have begun one while it went. One thread.
 */
final class Watch implements AutoCloseable {

    private static final Duration AGAIN = Duration.ofSeconds(1);
    private static final Duration NOW_AND_THEN = Duration.ofSeconds(5);

    private final Trials trials;
    private final Logger log;
    private final ScheduledThreadPoolExecutor thread;
    private @Nullable ScheduledFuture<?> next;

    Watch(Trials trials, Logger log) {
        this.trials = trials;
        this.log = log;
        this.thread = new ScheduledThreadPoolExecutor(1, work -> new Thread(work, "sekimori-settings-1"));
        thread.setRemoveOnCancelPolicy(true);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Looks soon. */
    void begin() {
        later(Duration.ZERO);
    }

    @Override
    public synchronized void close() {
        thread.shutdownNow();
    }

    private void look() {
        try {
            Optional<Duration> left = trials.look();
            // At least every second: the clock of a gateway may jump.
            later(left.map(wait -> wait.compareTo(AGAIN) < 0 ? wait.plusMillis(1) : AGAIN)
                    .orElse(NOW_AND_THEN));
        } catch (Stopped e) {
            log.warn("A change on trial cannot be looked after and is tried again: {} {}", e.code(), e.detail());
            later(AGAIN);
        } catch (IOException e) {
            log.warn("What is on trial cannot be read and is tried again", e);
            later(AGAIN);
        } catch (RuntimeException e) { // the boundary of this thread
            log.error("A change on trial cannot be looked after", e);
            later(AGAIN);
        }
    }

    private synchronized void later(Duration delay) {
        if (next != null) {
            next.cancel(false);
        }
        if (!thread.isShutdown()) {
            next = thread.schedule(this::look, delay.toMillis(), TimeUnit.MILLISECONDS);
        }
    }
}
