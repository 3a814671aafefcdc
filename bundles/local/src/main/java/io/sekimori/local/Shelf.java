package io.sekimori.local;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks through the sticks in a thread of its own, one at a time: a stick that hangs while it is read keeps that thread, and
 * nobody who asks. Thread-safe; a thread lives as long as a look.
 */
final class Shelf {

    private final Duration patience;
    private @Nullable CompletableFuture<List<Pack>> looking;
    private volatile List<Pack> last = List.of();

    /** @param patience how long somebody waits for a look before they get what was found by the one before */
    Shelf(Duration patience) {
        this.patience = patience;
    }

    /** What is there; what was there last if that takes too long. */
    List<Pack> look(Supplier<List<Pack>> eyes) {
        try {
            return begun(eyes).get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return last;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return last;
        } catch (java.util.concurrent.ExecutionException e) {
            throw new CompletionException(e.getCause());
        }
    }

    private synchronized CompletableFuture<List<Pack>> begun(Supplier<List<Pack>> eyes) {
        CompletableFuture<List<Pack>> now = looking;
        if (now != null && !now.isDone()) {
            return now;
        }
        CompletableFuture<List<Pack>> next = new CompletableFuture<>();
        Thread thread = new Thread(() -> look(eyes, next), "sekimori-local-sticks");
        thread.setDaemon(true); // it changes nothing, so the process need not wait for it
        thread.start();
        looking = next;
        return next;
    }

    // The boundary of this thread: whatever happens, who waits hears of it.
    private void look(Supplier<List<Pack>> eyes, CompletableFuture<List<Pack>> heard) {
        try {
            List<Pack> found = eyes.get();
            last = found;
            heard.complete(found);
        } catch (RuntimeException e) {
            heard.completeExceptionally(e);
        }
    }
}
