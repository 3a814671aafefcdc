package io.sekimori.records.sql;

import java.sql.SQLException;

/**
 * Lets one sync of the disk serve all who committed before it began. Thread-safe; nobody who waits is woken by an
 * interruption, which is kept for later.
 */
final class SharedSync {

    /** Brings everything committed to the disk. */
    @FunctionalInterface
    interface Sync {
        void run() throws SQLException;
    }

    private final Object lock = new Object();
    private long begun;
    private long ended;
    private long succeeded;
    private boolean running;

    /** Returns when a sync that began after this call has succeeded. */
    void await(Sync sync) throws SQLException {
        long mine;
        synchronized (lock) {
            // The one under way may have begun before what the caller committed.
            long wanted = begun + 1;
            waitWhileRunning(wanted);
            if (succeeded >= wanted) {
                return;
            }
            running = true;
            mine = ++begun;
        }
        boolean good = false;
        try {
            sync.run();
            good = true;
        } finally {
            synchronized (lock) {
                running = false;
                ended = mine;
                if (good) {
                    succeeded = mine;
                }
                lock.notifyAll();
            }
        }
    }

    private void waitWhileRunning(long wanted) {
        boolean interrupted = false;
        while (running && ended < wanted) {
            try {
                lock.wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
