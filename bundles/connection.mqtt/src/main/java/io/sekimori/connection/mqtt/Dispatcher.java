package io.sekimori.connection.mqtt;

import io.sekimori.connection.Allowance;
import io.sekimori.connection.ConnectionCode;
import io.sekimori.connection.Reply;
import io.sekimori.payload.KuraPayload;
import io.sekimori.payload.MalformedMessage;
import io.sekimori.payload.PayloadCodec;
import io.sekimori.payload.RequestMessage;
import io.sekimori.payload.Topic;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Takes messages from the network, lets a bounded number of them be answered at once, each for a bounded time, and
 * says so where that is too little. Thread-safe; what it is given never makes it throw.
 */
final class Dispatcher implements AutoCloseable {

    /** Refusing costs a signature, so there are not more of these than the gateway would have answered. */
    private static final int REFUSALS_AT_ONCE = 20;

    private static final Duration REFUSAL_EVERY = Duration.ofMillis(50);

    private final Answering answering;
    private final Replies replies;
    private final Drops drops;
    private final Allowance refusals = new Allowance(REFUSALS_AT_ONCE, REFUSAL_EVERY, System::nanoTime);
    private final ThreadPoolExecutor pool;
    private final ScheduledThreadPoolExecutor clock;
    private final AtomicInteger taken = new AtomicInteger();
    private volatile Settings settings;
    private volatile boolean closing;

    /** @param clock one of {@link #clock}, which this ends */
    Dispatcher(
            Answering answering, Replies replies, Drops drops, ScheduledThreadPoolExecutor clock, Settings settings) {
        this.answering = answering;
        this.replies = replies;
        this.drops = drops;
        AtomicInteger number = new AtomicInteger();
        this.pool = new ThreadPoolExecutor(
                settings.threads(),
                settings.threads(),
                10,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                work -> thread(work, "sekimori-connection-" + number.incrementAndGet()));
        pool.allowCoreThreadTimeOut(true);
        this.settings = settings;
        this.clock = clock;
    }

    /** One thread for what is due later. After its end nothing is: who was to be told waits for it no more. */
    static ScheduledThreadPoolExecutor clock() {
        ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(
                1, work -> thread(work, "sekimori-connection-clock"), new ThreadPoolExecutor.DiscardPolicy());
        clock.setRemoveOnCancelPolicy(true);
        clock.setKeepAliveTime(10, TimeUnit.SECONDS);
        clock.allowCoreThreadTimeOut(true);
        return clock;
    }

    /** From the next request on. */
    void configure(Settings next) {
        settings = next;
        int threads = next.threads();
        if (threads > pool.getMaximumPoolSize()) {
            pool.setMaximumPoolSize(threads);
            pool.setCorePoolSize(threads);
        } else {
            pool.setCorePoolSize(threads);
            pool.setMaximumPoolSize(threads);
        }
    }

    /** Takes a message over; false if it was not, and should come again to a successor. */
    boolean accept(String topic, byte[] message) {
        if (closing) {
            return false;
        }
        Topic parsed;
        try {
            parsed = Topic.parse(topic);
        } catch (MalformedMessage e) {
            drops.note(ConnectionCode.TOPIC_MALFORMED, topic, String.valueOf(e.getMessage()));
            return true;
        }
        // The subscription also brings the gateway's own coming and going, which is nobody's request.
        return !(parsed instanceof Topic.Request request) || accept(request, message);
    }

    private boolean accept(Topic.Request topic, byte[] message) {
        Asked asked;
        try {
            KuraPayload payload = PayloadCodec.unpack(message);
            asked = new Asked(topic, RequestMessage.of(payload));
        } catch (MalformedMessage e) {
            drops.note(ConnectionCode.MESSAGE_MALFORMED, topic.text(), String.valueOf(e.getMessage()));
            return true;
        }
        Settings current = settings;
        if (taken.incrementAndGet() > current.threads() + current.queue()) {
            taken.decrementAndGet();
            return refuse(asked);
        }
        try {
            pool.execute(() -> answer(asked, current.limit()));
            return true;
        } catch (RejectedExecutionException e) {
            return false; // closed meanwhile
        }
    }

    private boolean refuse(Asked asked) {
        if (refusals.take()) {
            replies.send(asked, Reply.refused(503, ConnectionCode.GATEWAY_BUSY.name(), "too many requests at once"));
        } else {
            drops.note(ConnectionCode.GATEWAY_BUSY, asked.topic().text(), "too many requests at once");
        }
        return true;
    }

    private void answer(Asked asked, Duration limit) {
        Course course = new Course(Thread.currentThread());
        Future<?> alarm = clock.schedule(
                () -> {
                    if (course.expire()) {
                        replies.send(
                                asked,
                                Reply.refused(
                                        504, ConnectionCode.APPLICATION_TIMEOUT.name(), "no answer within " + limit));
                    }
                },
                limit.toMillis(),
                TimeUnit.MILLISECONDS);
        boolean inTime;
        Reply reply;
        try {
            reply = answering.answer(asked);
            inTime = course.finish();
            alarm.cancel(false);
        } finally {
            taken.decrementAndGet(); // whatever ends this thread, such as classes of a bundle that has gone
        }
        if (inTime) {
            replies.send(asked, reply);
        }
    }

    /** Takes nothing more over, and lets what has begun be answered, for a bounded time. */
    @Override
    public void close() {
        closing = true;
        pool.shutdown();
        try {
            if (!pool.awaitTermination(5, TimeUnit.SECONDS)) {
                pool.shutdownNow();
            }
        } catch (InterruptedException e) {
            pool.shutdownNow();
            Thread.currentThread().interrupt();
        }
        clock.shutdownNow();
        drops.end();
    }

    private static Thread thread(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true); // one that hangs must not keep the process
        return thread;
    }

    /** Whether a request ends by its answer or by its time: one of the two, and no interruption after it. */
    private static final class Course {

        private final Thread thread;
        private boolean over;

        Course(Thread thread) {
            this.thread = thread;
        }

        synchronized boolean expire() {
            if (over) {
                return false;
            }
            over = true;
            thread.interrupt();
            return true;
        }

        synchronized boolean finish() {
            boolean first = !over;
            over = true;
            Thread.interrupted(); // meant for this request, not for the next
            return first;
        }
    }
}
