package io.sekimori.launcher.main;

import io.sekimori.generation.LastWords;
import io.sekimori.launcher.Restart;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The wish to stop, whoever has it first, and the bound on how long stopping may take: a bundle that hangs in its
 * stop cannot hold the process. Thread-safe.
 */
final class Stopping implements Restart {

    private static final int MAX_WHY_CHARS = 200;

    private final Duration limit;
    private final Lines lines;
    private final Halt halt;
    private final AtomicReference<@Nullable ExitCode> code = new AtomicReference<>();
    private final AtomicReference<@Nullable LastWordsWriter> lastWords = new AtomicReference<>();
    private final CountDownLatch wanted = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);

    Stopping(Duration limit, Lines lines, Halt halt) {
        this.limit = limit;
        this.lines = lines;
        this.halt = halt;
    }

    /** From now on a stop that takes too long leaves last words. */
    void leave(LastWordsWriter writer) {
        lastWords.set(writer);
    }

    @Override
    public void restart(String why) {
        want(ExitCode.RESTART, why);
    }

    /** Code inside has ended the JVM, which waits until everything is stopped; the next start's report says who. */
    void exited(String who) {
        if (want(ExitCode.EXITED, who)) {
            leaveWords(LastWords.Kind.EXITED, who);
        }
    }

    /** Returns at once; the first wish counts, and only for it the answer is true. */
    boolean want(ExitCode exit, String why) {
        boolean first = code.compareAndSet(null, exit);
        if (first) {
            lines.say("stopping: " + (why.length() > MAX_WHY_CHARS ? why.substring(0, MAX_WHY_CHARS) : why));
            Thread bound = new Thread(() -> haltWhenLate(exit), "sekimori-stop-bound");
            bound.setDaemon(true);
            bound.start();
            wanted.countDown();
        }
        return first;
    }

    /** The exit code that is wanted; empty while nobody wants to stop. */
    Optional<ExitCode> wanted() {
        return Optional.ofNullable(code.get());
    }

    /** Waits until somebody wants to stop. */
    ExitCode await() throws InterruptedException {
        wanted.await();
        return wanted().orElseThrow();
    }

    /** Everything is stopped, cleaned up and reported. */
    void done() {
        done.countDown();
    }

    /** Waits for {@link #done}; bounded, since the bound halts the process. */
    void awaitDone() throws InterruptedException {
        done.await();
    }

    /**
     * To be called on the framework's shutdown thread. Returns if the launcher stops the framework. If somebody inside
     * does, perhaps to start it anew, it never returns, and the process ends: Felix starts itself anew without its
     * system activators, and there must be no framework without the hook.
     */
    void frameworkStops() {
        if (wanted().isEmpty()) {
            want(ExitCode.FRAMEWORK_FAILED, "the framework was stopped from inside");
            awaitEndOfProcess();
        }
    }

    private static void awaitEndOfProcess() {
        CountDownLatch never = new CountDownLatch(1);
        while (true) {
            try {
                never.await();
            } catch (InterruptedException e) {
                // Whoever is here must not go on.
                Thread.interrupted();
            }
        }
    }

    private void haltWhenLate(ExitCode exit) {
        try {
            if (done.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            // Somebody interrupts what they do not own; stop at once rather than never.
        }
        String why = "not stopped within " + limit.toSeconds() + " s";
        lines.say(why);
        // Whoever ended the JVM waits for its end, so nothing that waits for them stops; that they did it is the news.
        if (exit != ExitCode.EXITED) {
            leaveWords(LastWords.Kind.STOP_TIMED_OUT, why);
        }
        halt.halt(exit);
    }

    private void leaveWords(LastWords.Kind kind, String why) {
        LastWordsWriter writer = lastWords.get();
        if (writer != null) {
            writer.write(kind, why);
        }
    }
}
