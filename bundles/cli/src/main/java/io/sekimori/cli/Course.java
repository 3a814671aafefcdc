package io.sekimori.cli;

import io.sekimori.control.socket.ControlClient;
import io.sekimori.control.socket.ControlClient.Reply;
import io.sekimori.control.socket.ControlException;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Watches one transition to its end and shows it. For who applies, Ctrl-C asks the gateway to cancel and still waits for
 * the outcome: the gateway goes on without its watcher, so ending silently would leave the operator with a wrong idea.
 * Who only looks on ends the looking, and is told so.
 */
final class Course {

    private static final long LAST_WORD_SECONDS = 60;
    private static final int BAR_WIDTH = 24;

    private final Shell shell;
    private final ControlClient client;
    private final boolean json;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile Optional<String> id = Optional.empty();
    private volatile int exit = ExitCode.FAILED.number();
    private String shown = "";

    Course(Shell shell, ControlClient client, boolean json) {
        this.shell = shell;
        this.client = client;
        this.json = json;
    }

    /** Something that goes on and tells of it. */
    interface Going {
        Reply on(Consumer<JsonObject> events) throws ControlException;
    }

    /** Waits for the end; a signal cancels. */
    int watch(Going going) throws ControlException, MalformedJson, Failure {
        return watch(going, this::cancel);
    }

    /** Waits for the end; a signal ends the waiting alone. */
    int look(Going going) throws ControlException, MalformedJson, Failure {
        return watch(going, () -> shell.note(shell.messages().text("update.left")));
    }

    private int watch(Going going, Runnable whenSignalled) throws ControlException, MalformedJson, Failure {
        Thread onSignal = new Thread(whenSignalled, "sekimori-signal");
        Runtime.getRuntime().addShutdownHook(onSignal);
        try {
            JsonObject report = UpdateCommand.answer(going.on(this::show));
            shell.progress("");
            exit = say(report);
            return exit;
        } finally {
            ended.countDown();
            forget(onSignal);
        }
    }

    private static void forget(Thread onSignal) {
        try {
            Runtime.getRuntime().removeShutdownHook(onSignal);
        } catch (IllegalStateException e) {
            // The process is ending already: the hook is at work and takes our exit code.
            return;
        }
    }

    private void cancel() {
        try {
            shell.note(shell.messages().text("update.cancelling"));
            if (id.isPresent() && client.cancel(id.get()) instanceof Reply.Refused refused) {
                shell.note(refused.code() + ": " + refused.detail());
            }
            ended.await(LAST_WORD_SECONDS, TimeUnit.SECONDS);
        } catch (ControlException e) {
            shell.note(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        shell.out().flush();
        Runtime.getRuntime().halt(exit);
    }

    private void show(JsonObject event) {
        try {
            if (id.isEmpty()) {
                id = event.optionalString("id");
            }
            if (json || !event.has("phase")) {
                return;
            }
            String step = event.string("phase") + "  " + event.string("step");
            shell.progress(bar(event.number("done"), event.number("total")) + "  " + step);
            if (!shell.interactive() && !step.equals(shown)) {
                shown = step;
                shell.note(step);
            }
        } catch (MalformedJson e) {
            // Progress that is not understood is not worth the end of the transition.
            shell.note(String.valueOf(e.getMessage()));
        }
    }

    private static String bar(long done, long total) {
        int full = total <= 0 ? 0 : (int) Math.min(BAR_WIDTH, BAR_WIDTH * done / total);
        return "[" + "#".repeat(full) + " ".repeat(BAR_WIDTH - full) + "]";
    }

    private int say(JsonObject report) throws MalformedJson, Failure {
        String outcome = report.string("outcome");
        if (json) {
            shell.json(members(report));
        } else {
            shell.tell("update.ended", report.number("from"), report.number("to"), outcome, report.number("running"));
            for (JsonObject swap : report.objects("swaps")) {
                shell.tell(
                        "update.swap",
                        swap.string("action"),
                        swap.string("symbolicName"),
                        swap.number("gapMicros") / 1000,
                        swap.number("tookMicros") / 1000);
            }
        }
        if (outcome.equals("CONFIRMED")) {
            return ExitCode.OK.number();
        }
        if (outcome.equals("CANCELLED")) {
            return ExitCode.CANCELLED.number();
        }
        if (json) {
            return ExitCode.REFUSED.number();
        }
        throw new Failure(
                ExitCode.REFUSED,
                report.optionalString("code").orElse(outcome),
                report.optionalString("detail").orElse(outcome));
    }

    /** The document without what belongs to the conversation. */
    static Map<String, Object> members(JsonObject answer) {
        Map<String, Object> members = new TreeMap<>(answer.asMap());
        members.remove("event");
        return members;
    }
}
