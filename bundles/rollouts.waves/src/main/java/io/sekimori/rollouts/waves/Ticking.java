package io.sekimori.rollouts.waves;

import io.sekimori.rollouts.RolloutException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.osgi.service.log.Logger;

/** Runs the clockwork: every second, and sooner when something changed. One round at a time. Thread-safe. */
final class Ticking implements AutoCloseable {

    private static final long EVERY_MILLIS = 1_000;
    private static final long GATHERING_MILLIS = 100;
    private static final long RECONCILE_EVERY_SECONDS = 60;
    private static final long PATIENCE_SECONDS = 10;

    private final Clockwork clockwork;
    private final Logger log;
    private final AtomicBoolean queued = new AtomicBoolean();
    private final AtomicBoolean gathering = new AtomicBoolean();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "sekimori-rollouts-1");
        thread.setDaemon(true);
        return thread;
    });
    private volatile boolean begun;
    private volatile String trouble = "";

    Ticking(Clockwork clockwork, Logger log) {
        this.clockwork = clockwork;
        this.log = log;
    }

    void begin() {
        begun = true;
        timer.scheduleWithFixedDelay(() -> run(clockwork::tick), EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
        timer.scheduleWithFixedDelay(() -> run(clockwork::reconcile), 2, RECONCILE_EVERY_SECONDS, TimeUnit.SECONDS);
    }

    /** Does a round at once, if this was begun and none is queued. */
    void now() {
        soon(queued, 0);
    }

    /** Does a round for this report and all that come in the next moment: each round counts every target again. */
    void reported() {
        soon(gathering, GATHERING_MILLIS);
    }

    private void soon(AtomicBoolean due, long millis) {
        if (begun && due.compareAndSet(false, true)) {
            try {
                timer.schedule(
                        () -> {
                            due.set(false);
                            run(clockwork::tick);
                        },
                        millis,
                        TimeUnit.MILLISECONDS);
            } catch (RejectedExecutionException e) {
                log.debug("The next one does it", e);
            }
        }
    }

    @Override
    public void close() {
        timer.shutdown();
        try {
            if (!timer.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                timer.shutdownNow();
            }
        } catch (InterruptedException e) {
            timer.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private interface Round {
        void run() throws RolloutException;
    }

    private void run(Round round) {
        try {
            round.run();
            trouble = "";
        } catch (RolloutException e) {
            told(String.valueOf(e.getMessage()), e);
        } catch (RuntimeException e) {
            // A timer whose work throws once never works again.
            told(String.valueOf(e), e);
        }
    }

    /** Says it once, not every second. */
    private void told(String what, Exception cause) {
        if (!what.equals(trouble)) {
            trouble = what;
            log.error("Rollouts stand still for now", cause);
        }
    }
}
