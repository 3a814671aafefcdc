package io.sekimori.demo.traffic;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Eight threads that have one conversation after the other, without a pause. Thread-safe. */
final class Callers {

    private static final int CALLERS = 8;
    private static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final CountDownLatch stopped = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();
    private final List<Conversation> conversations;
    private final Predicate<String> wanted;
    private final Supplier<Tally> tally;

    /** @param wanted whether conversations of that name are had just now; one of them always is */
    Callers(List<Conversation> conversations, Predicate<String> wanted, Supplier<Tally> tally) {
        this.wanted = wanted;
        this.conversations = List.copyOf(conversations);
        this.tally = tally;
    }

    void start() {
        for (int i = 0; i < CALLERS; i++) {
            int first = i;
            begin("sekimori-traffic-" + i, () -> call(first));
        }
    }

    /** Runs {@code work} in a thread of its own until {@link #stop}. */
    void begin(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    void stop() {
        stopped.countDown();
        threads.forEach(Thread::interrupt);
    }

    /** Waits; false if it is time to stop instead. */
    boolean paused(Duration length) {
        try {
            return !stopped.await(length.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            return false;
        }
    }

    private void hold(Duration length) throws InterruptedException {
        if (stopped.await(length.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new InterruptedException("the traffic stops");
        }
    }

    private void call(int first) {
        for (int turn = first; stopped.getCount() > 0; turn++) {
            Conversation conversation = conversations.get(turn % conversations.size());
            if (wanted.test(conversation.name()) && conversation.expected() && !talked(conversation)) {
                return;
            }
        }
    }

    private boolean lost(Conversation conversation, LostCall loss) {
        tally.get().lost(conversation.name(), loss);
        // A caller that is refused at once would flood the count; people try again after a moment.
        return paused(Duration.ofMillis(1));
    }

    private boolean talked(Conversation conversation) {
        Duration length = Duration.ofNanos(ThreadLocalRandom.current().nextLong(LONGEST_NANOS));
        long began = System.nanoTime();
        try {
            conversation.talk(this::hold, length);
            tally.get().made(conversation.name(), length, System.nanoTime() - began);
            return true;
        } catch (LostCall loss) {
            return lost(conversation, loss);
        } catch (LinkageError e) {
            // The class loader of a version that went away has no more classes.
            return lost(conversation, new LostCall("the version went away", e));
        } catch (InterruptedException e) {
            return false;
        }
    }
}
