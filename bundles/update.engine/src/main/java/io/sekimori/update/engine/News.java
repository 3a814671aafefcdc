package io.sekimori.update.engine;

import io.sekimori.update.Progress;
import io.sekimori.update.ProgressListener;
import io.sekimori.update.TransitionReport;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.osgi.service.log.Logger;

/**
 * Tells listeners about the open transition, on a thread of its own: a slow listener delays others, never the transition.
 * Steps that nobody has time to hear are dropped, the end never is. Thread-safe.
 */
final class News {

    private static final int MOST_WAITING = 1000;

    private final List<ProgressListener> listeners = new CopyOnWriteArrayList<>();
    private final LinkedBlockingQueue<Runnable> waiting = new LinkedBlockingQueue<>();
    private final ThreadPoolExecutor teller;
    private final Logger log;

    News(Logger log) {
        this.log = log;
        this.teller = new ThreadPoolExecutor(
                1, 1, 0, TimeUnit.SECONDS, waiting, work -> new Thread(work, "sekimori-update-news"));
    }

    void add(ProgressListener listener) {
        listeners.add(listener);
    }

    void remove(ProgressListener listener) {
        listeners.remove(listener);
    }

    void progress(Progress progress) {
        if (waiting.size() < MOST_WAITING) {
            tell(listener -> listener.progress(progress));
        }
    }

    void ended(TransitionReport report) {
        tell(listener -> {
            listeners.remove(listener);
            listener.ended(report);
        });
    }

    void handedOver(String id) {
        tell(listener -> {
            listeners.remove(listener);
            listener.handedOver(id);
        });
    }

    /**
     * Lets one listener follow, in turn with everything else, so that it hears each end exactly once.
     *
     * @param open whether the transition is still open when its turn comes
     * @param report how it ended if it is not; empty if it was handed over
     */
    void follow(
            String id, ProgressListener listener, BooleanSupplier open, Supplier<Optional<TransitionReport>> report) {
        submit(() -> {
            if (open.getAsBoolean()) {
                listeners.add(listener);
                return;
            }
            Optional<TransitionReport> ended = report.get();
            safely(listener, each -> ended.ifPresentOrElse(each::ended, () -> each.handedOver(id)));
        });
    }

    /** Delivers what is waiting, for a bounded time, and ends. */
    void close() {
        teller.shutdown();
        try {
            if (!teller.awaitTermination(2, TimeUnit.SECONDS)) {
                teller.shutdownNow();
            }
        } catch (InterruptedException e) {
            teller.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private void tell(Consumer<ProgressListener> what) {
        submit(() -> listeners.forEach(listener -> safely(listener, what)));
    }

    private void submit(Runnable delivery) {
        if (!teller.isShutdown()) {
            teller.execute(delivery);
        }
    }

    private void safely(ProgressListener listener, Consumer<ProgressListener> what) {
        try {
            what.accept(listener);
        } catch (RuntimeException e) { // a listener is foreign code
            log.warn("A listener of a transition failed", e);
        }
    }
}
