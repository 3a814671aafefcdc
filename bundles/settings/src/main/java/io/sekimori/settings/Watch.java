package io.sekimori.settings;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.osgi.service.log.Logger;

/** Looks when a trial is over, and again until the former values are back. One thread, that goes when it is idle. */
final class Watch implements AutoCloseable {

    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final Trials trials;
    private final Logger log;
    private final ScheduledThreadPoolExecutor thread;

    Watch(Trials trials, Logger log) {
        this.trials = trials;
        this.log = log;
        this.thread = new ScheduledThreadPoolExecutor(1, work -> new Thread(work, "sekimori-settings-1"));
        thread.setRemoveOnCancelPolicy(true);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        thread.setKeepAliveTime(5, TimeUnit.SECONDS);
        thread.allowCoreThreadTimeOut(true);
    }

    /** Looks soon. */
    void begin() {
        later(Duration.ZERO);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private void look() {
        try {
            Optional<Duration> left = trials.look();
            // At least now and then: the clock of a gateway may jump.
            left.ifPresent(wait -> later(wait.compareTo(AGAIN) < 0 ? wait.plusMillis(1) : AGAIN));
        } catch (Stopped e) {
            log.warn("A change on trial cannot be looked after and is tried again: {} {}", e.code(), e.detail());
            later(AGAIN);
        } catch (RuntimeException e) { // the boundary of this thread
            log.error("A change on trial cannot be looked after", e);
            later(AGAIN);
        }
    }

    private void later(Duration delay) {
        if (!thread.isShutdown()) {
            thread.schedule(this::look, delay.toMillis(), TimeUnit.MILLISECONDS);
        }
    }
}
