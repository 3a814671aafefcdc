package io.sekimori.delivery;

import io.sekimori.connection.ConnectionException;
import io.sekimori.connection.Notification;
import io.sekimori.connection.Notification.Importance;
import io.sekimori.connection.Outbox;
import io.sekimori.update.Phase;
import io.sekimori.update.Progress;
import io.sekimori.update.ProgressListener;
import io.sekimori.update.TransitionReport;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells the console how a transition gets on: each phase, and in between at most every two seconds. It is only for people
 * who watch; what became of it is said by the signed report. Thread-safe.
 */
final class News implements ProgressListener {

    private static final long PAUSE_NANOS = Duration.ofSeconds(2).toNanos();

    private final Supplier<Optional<Outbox>> outbox;
    private final LongSupplier nanoTime;
    private final long assignment;
    private @Nullable Phase told;
    private long toldAt;

    News(Supplier<Optional<Outbox>> outbox, LongSupplier nanoTime, long assignment) {
        this.outbox = outbox;
        this.nanoTime = nanoTime;
        this.assignment = assignment;
    }

    @Override
    public synchronized void progress(Progress progress) {
        long now = nanoTime.getAsLong();
        if (progress.phase() == told && now - toldAt < PAUSE_NANOS) {
            return;
        }
        told = progress.phase();
        toldAt = now;
        Map<String, Object> metrics = new TreeMap<>();
        metrics.put("operation.id", progress.id());
        metrics.put("job.id", assignment);
        metrics.put("status", "IN_PROGRESS");
        metrics.put("progress", percent(progress));
        metrics.put("message", progress.phase() + " " + progress.step());
        send(new Notification(
                Notification.CONSOLE, Delivery.APPLICATION, "progress", Importance.PROGRESS, metrics, new byte[0]));
    }

    @Override
    public void ended(TransitionReport report) {
        // The signed report says so.
    }

    @Override
    public void handedOver(String id) {
        // Whoever comes next follows it.
    }

    private void send(Notification notification) {
        Optional<Outbox> now = outbox.get();
        if (now.isEmpty()) {
            return;
        }
        try {
            now.get().send(notification);
        } catch (ConnectionException e) {
            // Progress that is lost is made up for by the next step.
            toldAt = nanoTime.getAsLong() - PAUSE_NANOS;
        }
    }

    private static int percent(Progress progress) {
        return progress.total() <= 0 ? 0 : (int) Math.min(100, 100 * progress.done() / progress.total());
    }
}
