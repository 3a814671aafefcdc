package io.sekimori.cli.console;

import io.sekimori.cli.ExitCode;
import io.sekimori.cli.Failure;
import io.sekimori.cli.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code sekimori logout}: ends the session at the console and forgets the token, also when the console is away. */
@Command(name = "logout")
public final class LogoutCommand implements Callable<Integer> {

    private final Shell shell;

    /** The command in this shell. */
    public LogoutCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() throws IOException, Failure {
        ConsoleClient client = ConsoleClient.signedIn(shell);
        try {
            client.delete("/v1/session");
        } finally {
            Files.deleteIfExists(Login.file(shell));
        }
        shell.tell("logout.done");
        return ExitCode.OK.number();
    }
}
