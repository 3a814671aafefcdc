package io.sekimori.itests.traffic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Callers, one thread each, that call again as soon as they are answered, until closed. A caller whose call was lost
 * tries again after a millisecond, as people would, so that an outage is counted and does not drown the count.
 *
 * <p>Thread-safe.
 */
public final class Load implements AutoCloseable {

    private static final int LOSSES_KEPT = 5;
    private static final long STOP_SECONDS = 30;

    private final Call.Lengths lengths;
    private final CountDownLatch ended = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();
    private final List<String> losses = new ArrayList<>();
    private final long[] answered;
    private long made;
    private long lost;
    private long longestNanos;

    /** Starts one thread for each of {@code calls}. */
    public Load(List<Call> calls, Call.Lengths lengths) {
        this.lengths = lengths;
        this.answered = new long[calls.size()];
        for (int i = 0; i < calls.size(); i++) {
            int caller = i;
            Thread thread = new Thread(() -> repeat(calls.get(caller), caller), "sekimori-load-" + caller);
            thread.setDaemon(true);
            threads.add(thread);
        }
        threads.forEach(Thread::start);
    }

    /** The count up to now. */
    public synchronized Tally tally() {
        return new Tally(made, lost, Duration.ofNanos(longestNanos), losses);
    }

    /**
     * Waits until every caller has begun a call from now on and ended it, so that no call is under way that began
     * before.
     *
     * @throws IllegalStateException if that takes longer than {@code limit}: a caller hangs
     */
    public synchronized void awaitRound(Duration limit) throws InterruptedException {
        long[] before = answered.clone();
        long end = System.nanoTime() + limit.toNanos();
        for (int caller = 0; caller < before.length; caller++) {
            while (answered[caller] < before[caller] + 2) {
                long leftMillis = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (leftMillis <= 0) {
                    throw new IllegalStateException("caller " + caller + " was not answered within " + limit);
                }
                wait(leftMillis);
            }
        }
    }

    /** Ends the load; calls that are under way are given up and not counted. */
    @Override
    public void close() {
        ended.countDown();
        for (Thread thread : threads) {
            join(thread);
            if (thread.isAlive()) {
                throw new IllegalStateException(thread.getName() + " hangs in a call");
            }
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join(TimeUnit.SECONDS.toMillis(STOP_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the load ends", e);
        }
    }

    private void repeat(Call call, int caller) {
        try {
            while (ended.getCount() > 0) {
                Duration length = lengths.next();
                long began = System.nanoTime();
                try {
                    call.make(() -> pause(length));
                    made(caller, System.nanoTime() - began - length.toNanos());
                } catch (LostCall | RuntimeException loss) {
                    // Whatever ends a call but its answer loses it; a caller never gives up.
                    lost(caller, loss);
                    pause(Duration.ofMillis(1));
                }
            }
        } catch (InterruptedException end) {
            // The load ends while a call is under way: it was neither made nor lost.
            return;
        }
    }

    private void pause(Duration length) throws InterruptedException {
        if (ended.await(length.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new InterruptedException("the load ends");
        }
    }

    private synchronized void made(int caller, long beyondNanos) {
        made++;
        answered[caller]++;
        notifyAll();
        longestNanos = Math.max(longestNanos, beyondNanos);
    }

    private synchronized void lost(int caller, Exception loss) {
        lost++;
        answered[caller]++;
        notifyAll();
        if (losses.size() < LOSSES_KEPT) {
            losses.add(String.valueOf(loss));
        }
    }
}
