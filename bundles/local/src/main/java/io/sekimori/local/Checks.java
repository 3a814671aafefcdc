package io.sekimori.local;

import io.sekimori.update.PlanAnswer;
import io.sekimori.update.Reason;
import io.sekimori.update.UpdateCode;
import io.sekimori.update.UpdateService;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * Dry runs, one at a time, with the outcome of the last one. They change nothing, so a swap
 * of this bundle ends in a check whose outcome nobody hears; it is asked again. Thread-safe; a thread lives as long as
 * a check.
 */
final class Checks {

    private final ThreadFactory threads;
    private volatile @Nullable Check last;

    /**
     * One dry run.
     *
     * @param answer what the engine said; null while it runs
     */
    private record Check(Pack pack, String person, @Nullable PlanAnswer answer) {

        Check answered(PlanAnswer said) {
            return new Check(pack, person, said);
        }
    }

    Checks() {
        this(work -> {
            Thread thread = new Thread(work, "sekimori-local-check");
            thread.setDaemon(true); // it changes nothing, so the process need not wait for it
            return thread;
        });
    }

    Checks(ThreadFactory threads) {
        this.threads = threads;
    }

    /** Begins a check; false if one runs. */
    synchronized boolean begin(Pack pack, String person, UpdateService update) {
        if (running()) {
            return false;
        }
        Check before = last;
        Check begun = new Check(pack, person, null);
        last = begun;
        boolean started = false;
        try {
            threads.newThread(() -> run(begun, update)).start();
            started = true;
        } finally {
            if (!started) { // such as when the machine has no more threads
                last = before;
            }
        }
        return true;
    }

    /** What was planned is under way now, and what it would do is over. */
    synchronized void spent() {
        if (!running()) {
            last = null;
        }
    }

    boolean running() {
        Check now = last;
        return now != null && now.answer() == null;
    }

    /** The last one, if there is one. */
    Optional<Map<String, Object>> json(UpdateJson form) {
        Check now = last;
        if (now == null) {
            return Optional.empty();
        }
        Map<String, Object> json = new TreeMap<>();
        json.put("pack", now.pack().id());
        json.put("name", now.pack().name());
        json.put("by", now.person());
        PlanAnswer answer = now.answer();
        if (answer == null) {
            json.put("state", "RUNNING");
        } else if (answer instanceof PlanAnswer.Planned planned) {
            json.put("state", "PLANNED");
            json.put("plan", form.of(planned.plan()));
        } else {
            json.put("state", "REFUSED");
            json.putAll(form.of(((PlanAnswer.Refused) answer).reason()));
        }
        return Optional.of(json);
    }

    // The boundary to another bundle: whatever happens there, the check ends.
    private void run(Check begun, UpdateService update) {
        Check ended = begun.answered(failed("it ended without an answer"));
        try {
            ended = begun.answered(update.plan(begun.pack().file()));
        } catch (RuntimeException e) {
            ended = begun.answered(failed(String.valueOf(e.getMessage())));
        } finally {
            last = ended; // also when an error ends this thread
        }
    }

    private static PlanAnswer failed(String detail) {
        return new PlanAnswer.Refused(Reason.of(UpdateCode.ENGINE_FAILED, detail));
    }
}
