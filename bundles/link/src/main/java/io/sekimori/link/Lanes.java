package io.sekimori.link;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.osgi.service.log.Logger;

/**
 * Works on messages: those of one gateway in the order they came, those of different ones side by side. Each lane has
 * room for a bounded number; whoever brings more waits, which holds the broker back. Work that could not be done is tried
 * again, and all behind it waits. Thread-safe.
 */
final class Lanes implements AutoCloseable {

    /** One message's work. */
    @FunctionalInterface
    interface Work {
        /** Does it; false if it must be tried again later. */
        boolean done();
    }

    private static final Duration GOODBYE = Duration.ofSeconds(2);

    private final List<BlockingQueue<Work>> queues = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final Duration pause;
    private final Logger log;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition ending = lock.newCondition();
    private volatile boolean closed;

    Lanes(int count, int room, Duration pause, Logger log) {
        this.pause = pause;
        this.log = log;
        for (int i = 0; i < count; i++) {
            BlockingQueue<Work> queue = new ArrayBlockingQueue<>(room);
            queues.add(queue);
            threads.add(BrokerSession.daemon(() -> run(queue), "sekimori-link-" + i));
        }
        threads.forEach(Thread::start);
    }

    /** Queues work of a gateway; false if this was closed before there was room. */
    boolean add(String gateway, Work work) {
        BlockingQueue<Work> queue = queues.get(Math.floorMod(gateway.hashCode(), queues.size()));
        try {
            while (!closed) {
                if (queue.offer(work, 200, TimeUnit.MILLISECONDS)) {
                    return true;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    /** How much waits. */
    int waiting() {
        return queues.stream().mapToInt(BlockingQueue::size).sum();
    }

    @Override
    public void close() {
        closed = true;
        lock.lock();
        try {
            ending.signalAll();
        } finally {
            lock.unlock();
        }
        // For all of them together: whoever stops the bundle has only so much time.
        long end = System.nanoTime() + GOODBYE.toNanos();
        for (Thread thread : threads) {
            try {
                TimeUnit.NANOSECONDS.timedJoin(thread, end - System.nanoTime());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void run(BlockingQueue<Work> queue) {
        try {
            while (!closed) {
                Work work = queue.poll(200, TimeUnit.MILLISECONDS);
                while (work != null && !closed && !tried(work)) {
                    rest();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean tried(Work work) {
        try {
            return work.done();
        } catch (RuntimeException e) {
            // What breaks its reader would break it again, and must not hold up the others.
            log.error("A message was given up", e);
            return true;
        }
    }

    private void rest() throws InterruptedException {
        lock.lock();
        try {
            if (!closed) {
                ending.await(pause.toMillis(), TimeUnit.MILLISECONDS);
            }
        } finally {
            lock.unlock();
        }
    }
}
