package io.sekimori.cli;

import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Asks a person for what must not be on a command line: from the terminal without showing it, or, one on each line,
 * from standard input for scripts. Confined to one thread.
 */
public final class Secrets {

    private final Shell shell;
    private final boolean stdin;
    private final BufferedReader in;

    /** @param stdin whether answers are on standard input, one on each line */
    public Secrets(Shell shell, boolean stdin) {
        this.shell = shell;
        this.stdin = stdin;
        this.in = new BufferedReader(new InputStreamReader(shell.in(), StandardCharsets.UTF_8));
    }

    /** The answer to the question of message {@code key}. */
    public char[] ask(String key) throws Failure, IOException {
        if (stdin) {
            String line = in.readLine();
            if (line == null) {
                throw new Failure(ExitCode.USAGE, "PASSWORD_MISSING");
            }
            return line.toCharArray();
        }
        char[] answer = terminal().readPassword("%s ", shell.messages().text(key));
        if (answer == null || answer.length == 0) {
            throw new Failure(ExitCode.CANCELLED, "PASSWORD_MISSING");
        }
        return answer;
    }

    /** As {@link #ask}; a terminal asks twice, since nobody sees what is typed. */
    public char[] askTwice(String key) throws Failure, IOException {
        char[] first = ask(key);
        if (!stdin && !Arrays.equals(first, ask("login.again"))) {
            throw new Failure(ExitCode.USAGE, "PASSWORDS_DIFFER");
        }
        return first;
    }

    /** Whether the person says yes; where nobody can be asked, no. */
    public boolean agrees(String key, Object... details) throws IOException {
        Console terminal = System.console();
        shell.note(shell.messages().text(key, details));
        if (stdin || terminal == null) {
            return false;
        }
        String answer = terminal.readLine("%s ", shell.messages().text("login.agree"));
        return answer != null && answer.strip().equals("yes");
    }

    private static Console terminal() throws Failure {
        Console terminal = System.console();
        if (terminal == null) {
            throw new Failure(ExitCode.USAGE, "NO_TERMINAL");
        }
        return terminal;
    }
}
