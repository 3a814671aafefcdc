package io.sekimori.cli.console;

import io.sekimori.cli.ExitCode;
import io.sekimori.cli.Failure;
import io.sekimori.cli.JsonOption;
import io.sekimori.cli.Shell;
import io.sekimori.control.socket.ControlException;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * {@code sekimori console reset-password}: a one-time password for somebody who lost theirs, when no administrator can
 * sign in to make one. Asked over the console's socket, which only the user it runs as can open; the console audits it.
 */
@Command(name = "reset-password")
public final class ResetPasswordCommand implements Callable<Integer> {

    private final Shell shell;

    @Mixin
    private ConsoleOption place;

    @Option(names = "--name", paramLabel = "NAME", defaultValue = "admin", descriptionKey = "reset.name")
    private String name;

    @Mixin
    private JsonOption json;

    /** The command in this shell. */
    public ResetPasswordCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException, Failure, MalformedJson, ControlException {
        JsonObject made = place.ask(shell, "people.reset-password", Map.of("name", name));
        if (json.wanted()) {
            shell.json(made.asMap());
        } else {
            shell.tell("init.password", name, made.string("password"));
            shell.tell("reset.done");
        }
        return ExitCode.OK.number();
    }
}
