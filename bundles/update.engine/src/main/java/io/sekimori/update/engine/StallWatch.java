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

    /** Watches one file, of which so many bytes are here, until it is released. */
    Watched over(SourceFile file, long here) {
        return new Watched(file, here);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    /** One file that is watched. */
    final class Watched implements AutoCloseable {

        private final SourceFile file;
        private final Stretch stretch;
        private final ScheduledFuture<?> looking;
        private volatile long here;
        private volatile boolean stalled;

        private Watched(SourceFile file, long here) {
            this.file = file;
            this.here = here;
            this.stretch = new Stretch(limits, System.nanoTime(), here);
            this.looking = thread.scheduleWithFixedDelay(this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        }

        /** So many bytes are here in all. */
        void arrived(long bytes) {
            here = bytes;
        }

        boolean stalled() {
            return stalled;
        }

        private void look() {
            if (cancellation.reason().isPresent()) {
                end();
            } else if (stretch.broughtTooLittle(System.nanoTime(), here)) {
                stalled = true;
                end();
            }
        }

        private void end() {
            looking.cancel(false);
            try {
                file.close();
            } catch (IOException e) {
                return; // whoever reads it hears of it, too
            }
        }

        @Override
        public void close() {
            looking.cancel(false);
        }
    }
}
