package io.sekimori.demo;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Somebody at the console who gives the same commands over and over, and notes which failed. Thread-safe. */
final class ConsoleUse implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(120);

    private final Tool tool;
    private final List<Thread> threads = new ArrayList<>();
    private final int[] given;
    private String firstLoss = "";
    private long lost;
    private volatile boolean over;

    /** One person for each of {@code commands}. */
    ConsoleUse(Tool tool, List<List<String>> commands) {
        this.tool = tool;
        this.given = new int[commands.size()];
        for (int i = 0; i < commands.size(); i++) {
            int person = i;
            Thread thread = new Thread(() -> use(person, commands.get(person)), "console-use-" + i);
            thread.setDaemon(true);
            threads.add(thread);
        }
        threads.forEach(Thread::start);
    }

    /** Waits until each has begun a command from now on and got its answer. */
    void awaitRound() throws IOException, Broken {
        int[] before = counts();
        Waiting.until("everybody at the console is answered", PATIENCE, () -> {
            int[] now = counts();
            for (int i = 0; i < now.length; i++) {
                if (now[i] < before[i] + 2) {
                    return false;
                }
            }
            return true;
        });
    }

    /** How many commands were given; fails if one was not answered. */
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

    private void use(int person, List<String> command) {
        while (!over) {
            note(person, tool.run(command.toArray()));
        }
    }

    private synchronized void note(int person, Tool.Answer answer) {
        given[person]++;
        if (answer.exit() != 0) {
            lost++;
            firstLoss = firstLoss.isEmpty() ? answer.line() : firstLoss;
        }
    }

    /** Ends once the commands under way are answered. */
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
