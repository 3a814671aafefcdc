package io.sekimori.update.engine;

import io.sekimori.update.SourceFile;
import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Looks on from a thread of its own while files are read: closes one that brings too little for too long, or at once when
 * the transition is cancelled, so that no source can keep a transition waiting. Thread-safe.
 */
final class StallWatch implements AutoCloseable {

    private static final long LOOK_MILLIS = 100;

    private final DownloadLimits limits;
    private final Cancellation cancellation;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(work -> new Thread(work, "sekimori-update-watch"));

    StallWatch(DownloadLimits limits, Cancellation cancellation) {
        this.limits = limits;
        this.cancellation = cancellation;
    }

    /** Watches one file until it is released. */
    Watched over(SourceFile file) {
        return new Watched(file);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    /** One file that is watched. */
    final class Watched implements AutoCloseable {

        private final SourceFile file;
        private final ScheduledFuture<?> looking;
        private volatile long arrived;
        private volatile boolean stalled;
        private long before;
        private long since = System.nanoTime();

        private Watched(SourceFile file) {
            this.file = file;
            this.looking = thread.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        }

        /** So many bytes have arrived in all. */
        void arrived(long bytes) {
            arrived = bytes;
        }

        boolean stalled() {
            return stalled;
        }

        private void look() {
            long now = System.nanoTime();
            if (cancellation.reason().isPresent()) {
                end();
            } else if (now - since >= limits.stall().toNanos()) {
                if (arrived - before < limits.leastBytes()) {
                    stalled = true;
                    end();
                }
                before = arrived;
                since = now;
            }
        }

        private void end() {
            looking.cancel(false);
            try {
                file.close();
            } catch (IOException e) {
                // Whoever reads it hears of it, too.
                stalled |= cancellation.reason().isEmpty();
            }
        }

        @Override
        public void close() {
            looking.cancel(false);
        }
    }
}
