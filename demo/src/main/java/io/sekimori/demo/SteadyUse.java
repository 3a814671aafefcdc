package io.sekimori.demo;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** People who do the same over and over, each by themselves, and note what failed. Thread-safe. */
final class SteadyUse implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final List<Thread> threads = new ArrayList<>();
    private final int[] given;
    private String firstLoss = "";
    private long lost;
    private volatile boolean over;

    /** Something that is done again and again. */
    interface Deed {

        /** Does it once; answers why it failed, or empty. */
        String failure();
    }

    /** One person for each of {@code deeds}. */
    SteadyUse(List<Deed> deeds) {
        this.given = new int[deeds.size()];
        for (int i = 0; i < deeds.size(); i++) {
            int person = i;
            Thread thread = new Thread(() -> use(person, deeds.get(person)), "steady-use-" + i);
            thread.setDaemon(true);
            threads.add(thread);
        }
        threads.forEach(Thread::start);
    }

    /** Gives a command that must be answered. */
    static Deed command(Tool tool, List<String> words) {
        return () -> {
            Tool.Answer answer = tool.run(words.toArray());
            return answer.exit() == 0 ? "" : answer.line();
        };
    }

    /** Waits until each has begun once more from now on and was answered. */
    void awaitRound() throws IOException, Broken {
        int[] before = counts();
        Waiting.until("everybody is answered", PATIENCE, () -> {
            int[] now = counts();
            for (int i = 0; i < now.length; i++) {
                if (now[i] < before[i] + 2) {
                    return false;
                }
            }
            return true;
        });
    }

    /** How often it was done; fails if once it failed. */
    synchronized long withoutLoss() throws Broken {
        long all = 0;
        for (int each : given) {
            all += each;
        }
        if (lost > 0) {
            throw new Broken(lost + " of " + all + " requests lost: " + firstLoss);
        }
        return all;
    }

    private synchronized int[] counts() {
        return given.clone();
    }

    private void use(int person, Deed deed) {
        while (!over) {
            note(person, deed.failure());
        }
    }

    private synchronized void note(int person, String failure) {
        given[person]++;
        if (!failure.isEmpty()) {
            lost++;
            firstLoss = firstLoss.isEmpty() ? failure : firstLoss;
        }
    }

    /** Ends once what is under way is answered. */
    @Override
    public void close() {
        over = true;
        try {
            for (Thread thread : threads) {
                thread.join(PATIENCE.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
