package io.sekimori.cli.console;

import io.sekimori.cli.ExitCode;
import io.sekimori.cli.Failure;
import io.sekimori.cli.Shell;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;
import java.io.IOException;
import java.util.Map;

/**
 * Shows a change of settings until the gateway has proved what became of it, or the console waited in vain for that.
 * Leaving does not stop it. Each outcome has an exit code of its own. Confined to one thread.
 */
final class ChangeWatch {

    private static final Map<String, ExitCode> ENDS = Map.of(
            "CONFIRMED", ExitCode.OK,
            "REFUSED", ExitCode.REFUSED,
            "REVERTED", ExitCode.REVERTED,
            "SILENT", ExitCode.UNREACHABLE);

    private final Shell shell;
    private final ConsoleClient console;
    private final boolean json;
    private String shown = "";

    ChangeWatch(Shell shell, ConsoleClient console, boolean json) {
        this.shell = shell;
        this.console = console;
        this.json = json;
    }

    int untilSettled(String gateway, String change) throws IOException, Failure, MalformedJson {
        String settings = "/v1/gateways/" + gateway + "/settings";
        JsonObject ended = new Live(console, settings + "/events", () -> show(settings + "/changes/" + change, gateway))
                .until(now -> ENDS.containsKey(now.string("state")));
        shell.progress("");
        String state = ended.string("state");
        ExitCode exit = ENDS.get(state);
        if (json) {
            shell.json(ended.asMap());
            return exit.number();
        }
        if (exit == ExitCode.OK) {
            shell.tell("config.confirmed", change, gateway);
            return exit.number();
        }
        String code = ended.optionalString("code").orElse("");
        if (code.isEmpty()) {
            throw new Failure(exit, "CHANGE_" + state, change, gateway);
        }
        String detail = ended.optionalString("detail").orElse("");
        throw new Failure(exit, code, detail.isEmpty() ? state + " " + change : state + " " + detail);
    }

    private JsonObject show(String path, String gateway) throws IOException, Failure, MalformedJson {
        JsonObject change = console.get(path).json();
        String state = change.string("state");
        if (json || state.equals(shown) || ENDS.containsKey(state)) {
            return change;
        }
        shown = state;
        String text = shell.messages().text("config.state." + state, gateway);
        if (shell.interactive()) {
            shell.progress(text);
        } else {
            shell.note(text);
        }
        return change;
    }
}
