package io.sekimori.cli.console;

import io.sekimori.cli.ExitCode;
import io.sekimori.cli.Failure;
import io.sekimori.cli.Shell;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/**
 * Shows a rollout until nothing of it is awaited any more or a person has to decide. Leaving does not stop it. Ends with
 * {@link ExitCode#OK} only if every gateway is confirmed.
 */
final class RolloutWatch {

    private static final Set<String> GOES_ON = Set.of("RUNNING");
    private static final int BAR = 24;

    private final Shell shell;
    private final ConsoleClient console;
    private final boolean json;
    private String shown = "";

    RolloutWatch(Shell shell, ConsoleClient console, boolean json) {
        this.shell = shell;
        this.console = console;
        this.json = json;
    }

    int untilSettled(String id) throws IOException, Failure, MalformedJson {
        JsonObject rollout = new Live(console, "/v1/rollouts/" + id + "/events", () -> show(id))
                .until(now -> !GOES_ON.contains(now.string("state")));
        shell.progress("");
        List<JsonObject> targets =
                Groups.all(console, "/v1/rollouts/" + id + "/targets", java.util.Map.of(), Integer.MAX_VALUE);
        if (json) {
            shell.json(java.util.Map.of(
                    "rollout", rollout.asMap(),
                    "targets", targets.stream().map(JsonObject::asMap).toList()));
        } else {
            new RolloutText(shell).whole(rollout, targets);
        }
        boolean all = rollout.object("counts").number("CONFIRMED") == rollout.number("total");
        return (all ? ExitCode.OK : ExitCode.REFUSED).number();
    }

    private JsonObject show(String id) throws IOException, Failure, MalformedJson {
        JsonObject rollout = console.get("/v1/rollouts/" + id).json();
        String text = RolloutText.counts(rollout.object("counts"));
        if (json || text.equals(shown)) {
            return rollout;
        }
        shown = text;
        long total = Math.max(1, rollout.number("total"));
        int full = (int) (BAR * rollout.object("counts").number("CONFIRMED") / total);
        if (shell.interactive()) {
            shell.progress("[" + "#".repeat(full) + " ".repeat(BAR - full) + "]  " + text);
        } else {
            shell.note(text);
        }
        return rollout;
    }
}
