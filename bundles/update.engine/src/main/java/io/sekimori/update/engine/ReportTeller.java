package io.sekimori.update.engine;

import io.sekimori.update.UnitReportListener;
import io.sekimori.update.UpdateException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.osgi.service.log.Logger;

/**
 * Makes reports when something has changed and hands them to those who listen, on a thread of its own. What cannot be made
 * yet, as when the keys come up later than the listener, is made a little later. Thread-safe.
 */
final class ReportTeller {

    private static final long LATER_SECONDS = 5;

    private final UnitReports reports;
    private final Logger log;
    private final Set<UnitReportListener> listeners = ConcurrentHashMap.newKeySet();
    private final ScheduledThreadPoolExecutor thread =
            new ScheduledThreadPoolExecutor(1, work -> new Thread(work, "sekimori-update-report"));

    ReportTeller(UnitReports reports, Logger log) {
        this.reports = reports;
        this.log = log;
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** A listener came; it alone hears a report now. */
    void add(UnitReportListener listener) {
        listeners.add(listener);
        submit(() -> tell(List.of(listener)), 0);
    }

    void remove(UnitReportListener listener) {
        listeners.remove(listener);
    }

    /** Something has changed that everybody should hear of. */
    void changed() {
        submit(() -> tell(List.copyOf(listeners)), 0);
    }

    /** Tells what is to be told, for a bounded time, and ends. */
    void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(2, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private void tell(List<UnitReportListener> whom) {
        if (whom.stream().noneMatch(listeners::contains)) {
            return;
        }
        byte[] report;
        try {
            report = reports.make("");
        } catch (UpdateException e) {
            log.warn("No report could be made, it is tried again: {}", e.getMessage());
            submit(() -> tell(whom), LATER_SECONDS);
            return;
        }
        for (UnitReportListener listener : whom) {
            if (listeners.contains(listener)) {
                safely(listener, report.clone());
            }
        }
    }

    private void safely(UnitReportListener listener, byte[] report) {
        try {
            listener.reported(report);
        } catch (RuntimeException e) { // a listener is foreign code
            log.warn("A listener of reports failed", e);
        }
    }

    private void submit(Runnable work, long seconds) {
        try {
            thread.schedule(work, seconds, TimeUnit.SECONDS);
        } catch (RejectedExecutionException e) {
            log.debug("Stopped: the next version tells it");
        }
    }
}
