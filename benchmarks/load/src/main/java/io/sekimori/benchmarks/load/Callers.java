package io.sekimori.benchmarks.load;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Eight threads that call one lane after the other, with calls of mixed length and a millisecond between two calls. A
 * caller whose call is lost tries again after that millisecond and has not been served until one is answered.
 *
 * <p>Thread-safe.
 */
final class Callers {

    private static final int CALLERS = 8;
    private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long[] LENGTHS_MILLIS = {0, 5, 1, 20, 2, 50, 0, 10};

    private final List<Lane> lanes;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();
    private volatile Tally tally = new Tally();

    Callers(List<Lane> lanes) {
        this.lanes = List.copyOf(lanes);
    }

    /** Without a lane nobody calls. */
    void start() {
        for (int i = 0; i < CALLERS && !lanes.isEmpty(); i++) {
            int first = i;
            Thread thread = new Thread(() -> call(first), "sekimori-load-" + i);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    void stop() {
        stopped.countDown();
        threads.forEach(Thread::interrupt);
    }

    /** Counts into a new window from now on, and answers the one before. */
    Tally nextWindow() {
        Tally before = tally;
        tally = new Tally();
        return before;
    }

    private void call(int first) {
        long due = System.nanoTime();
        for (int turn = first; stopped.getCount() > 0; turn++) {
            long length = TimeUnit.MILLISECONDS.toNanos(LENGTHS_MILLIS[turn % LENGTHS_MILLIS.length]);
            boolean served = lanes.get(turn % lanes.size()).call(length);
            long end = System.nanoTime();
            if (stopped.getCount() == 0) {
                return;
            }
            if (served) {
                tally.answered(end - due - length);
                due = end + REST_NANOS;
            } else {
                tally.lost();
            }
            LockSupport.parkNanos(REST_NANOS);
        }
    }
}
