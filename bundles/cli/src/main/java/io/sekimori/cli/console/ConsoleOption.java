package io.sekimori.cli.console;

import io.sekimori.cli.Control;
import io.sekimori.cli.ExitCode;
import io.sekimori.cli.Failure;
import io.sekimori.cli.Shell;
import io.sekimori.cli.UpdateCommand;
import io.sekimori.control.socket.ControlClient;
import io.sekimori.control.socket.ControlException;
import io.sekimori.generation.Unit;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import picocli.CommandLine.Option;

/** {@code --directory DIR}: the console on this machine that a command is about. */
final class ConsoleOption {

    private static final Path DEFAULT = Path.of("/var/lib/sekimori-console");

    @Option(names = "--directory", paramLabel = "DIR", descriptionKey = "console.directory")
    private Path given;

    /** The place; the option, else SEKIMORI_CONSOLE, else that of an installed console. */
    ConsoleHome home(Shell shell) {
        String named = shell.environment().getOrDefault("SEKIMORI_CONSOLE", "");
        if (given != null) {
            return new ConsoleHome(shell.resolve(given).toAbsolutePath());
        }
        return new ConsoleHome(
                named.isEmpty() ? DEFAULT : shell.resolve(Path.of(named)).toAbsolutePath());
    }

    /** The same, where a console was made. */
    ConsoleHome existing(Shell shell) throws Failure {
        ConsoleHome home = home(shell);
        if (!Files.isRegularFile(home.facts())) {
            throw new Failure(ExitCode.REFUSED, "NO_CONSOLE", home.directory());
        }
        return home;
    }

    /**
     * Asks the console itself, which runs, by its control socket.
     *
     * @return what it did
     * @throws Failure {@code NO_CONSOLE}, {@code CONSOLE_STOPPED}, or why it refused
     */
    JsonObject ask(Shell shell, String operation, Map<String, ?> members)
            throws IOException, Failure, MalformedJson, ControlException {
        ConsoleHome home = existing(shell);
        Path socket = new Unit(home.unit()).controlSocket();
        if (!Control.answers(socket)) {
            throw new Failure(ExitCode.REFUSED, "CONSOLE_STOPPED", home.directory());
        }
        return UpdateCommand.answer(new ControlClient(socket, Duration.ZERO).ask(operation, members));
    }
}
