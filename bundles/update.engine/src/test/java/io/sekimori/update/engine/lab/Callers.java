package io.sekimori.update.engine.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.osgi.util.tracker.ServiceTracker;

/** Threads that call a service without a pause; a call is lost when there is no service or it throws. */
public final class Callers {

    private final ServiceTracker<Object, Object> tracker;
    private final AtomicBoolean going = new AtomicBoolean(true);
    private final AtomicLong made = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();
    private final Set<String> answers = ConcurrentHashMap.newKeySet();
    private final List<Thread> threads = new ArrayList<>();

    public Callers(ServiceTracker<Object, Object> tracker, int count) {
        this.tracker = tracker;
        for (int i = 0; i < count; i++) {
            Thread thread = new Thread(this::call, "caller-" + i);
            thread.start();
            threads.add(thread);
        }
    }

    private void call() {
        while (going.get()) {
            made.incrementAndGet();
            Object service = tracker.getService();
            if (service instanceof Supplier<?> supplier) {
                answers.add(String.valueOf(supplier.get()));
            } else {
                lost.incrementAndGet();
            }
            Thread.yield();
        }
    }

    /** Ends the calls. */
    public void stop() throws InterruptedException {
        going.set(false);
        for (Thread thread : threads) {
            thread.join();
        }
        tracker.close();
        if (made.get() == 0) {
            throw new AssertionError("nobody called");
        }
    }

    public long lost() {
        return lost.get();
    }

    public Set<String> answers() {
        return Set.copyOf(answers);
    }
}
