package io.sekimori.cli.console;

import io.sekimori.cli.ExitCode;
import io.sekimori.cli.Failure;
import io.sekimori.cli.Shell;
import java.nio.file.Files;
import java.nio.file.Path;
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
}
