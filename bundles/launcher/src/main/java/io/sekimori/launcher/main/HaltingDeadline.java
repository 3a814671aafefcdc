package io.sekimori.launcher.main;

import io.sekimori.generation.LastWords;
import io.sekimori.launcher.Deadline;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The deadline, on a daemon thread of its own that waits for nothing but time. Thread-safe. */
final class HaltingDeadline implements Deadline {

    private static final Duration LONGEST = Duration.ofHours(24);
    private static final int MAX_WHY_CHARS = 200;

    private final LastWordsWriter lastWords;
    private final Lines lines;
    private final Halt halt;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private @Nullable Running running;

    HaltingDeadline(LastWordsWriter lastWords, Lines lines, Halt halt) {
        this.lastWords = lastWords;
        this.lines = lines;
        this.halt = halt;
    }

    /** Starts the thread. */
    void start() {
        Thread thread = new Thread(this::watch, "sekimori-deadline");
        thread.setDaemon(true);
        thread.setPriority(Thread.MAX_PRIORITY);
        thread.start();
    }

    @Override
    public Armed arm(Duration limit, String why) {
        requireLimit(limit);
        lock.lock();
        try {
            if (running != null) {
                throw new IllegalStateException("armed already: " + running.why);
            }
            Running armed = new Running(cut(why), System.nanoTime() + limit.toNanos());
            running = armed;
            changed.signalAll();
            return armed;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<Armed> armed() {
        lock.lock();
        try {
            return Optional.ofNullable(running);
        } finally {
            lock.unlock();
        }
    }

    private void watch() {
        String why = awaitExpiry();
        lines.say("deadline expired: " + why);
        lastWords.write(LastWords.Kind.DEADLINE, why);
        halt.halt(ExitCode.DEADLINE);
    }

    private String awaitExpiry() {
        lock.lock();
        try {
            while (true) {
                if (running == null) {
                    changed.awaitUninterruptibly();
                } else if (running.leftNanos() <= 0) {
                    return running.why;
                } else {
                    awaitNanos(running.leftNanos());
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private void awaitNanos(long nanos) {
        try {
            changed.await(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            // Nobody may interrupt a deadline; the loop looks at the time again.
            Thread.interrupted();
        }
    }

    private static void requireLimit(Duration limit) {
        if (limit.isZero() || limit.isNegative() || limit.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("a deadline is longer than zero and at most 24 hours away");
        }
    }

    private static String cut(String why) {
        return why.length() > MAX_WHY_CHARS ? why.substring(0, MAX_WHY_CHARS) : why;
    }

    private final class Running implements Armed {

        private final String why;
        private long expiresNanos;

        private Running(String why, long expiresNanos) {
            this.why = why;
            this.expiresNanos = expiresNanos;
        }

        private long leftNanos() {
            return expiresNanos - System.nanoTime();
        }

        @Override
        public String why() {
            return why;
        }

        @Override
        public Duration left() {
            lock.lock();
            try {
                return Duration.ofNanos(Math.max(0, leftNanos()));
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void extend(Duration limit) {
            requireLimit(limit);
            lock.lock();
            try {
                if (running != this) {
                    throw new IllegalStateException("no longer armed: " + why);
                }
                expiresNanos = System.nanoTime() + limit.toNanos();
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void close() {
            lock.lock();
            try {
                if (running == this) {
                    running = null;
                    changed.signalAll();
                }
            } finally {
                lock.unlock();
            }
        }
    }
}
