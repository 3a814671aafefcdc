package io.sekimori.cli;

import java.util.Arrays;
import picocli.CommandLine;

/** {@code sekimori}: the entry of the process. */
public final class Main {

    private Main() {}

    /** Runs the command that {@code arguments} name and ends the process with its {@link ExitCode}. */
    public static void main(String... arguments) {
        System.exit(run(Shell.ofProcess(), arguments));
    }

    /** Runs one command in this process; answers its exit status and never throws for what a command does. */
    public static int run(Shell shell, String... arguments) {
        // Picocli's first look at the terminal starts a process (tput, stty) to learn width and colours: 20 ms.
        CommandLine line = Commands.lineFor(shell, arguments);
        line.setOut(shell.out());
        line.setErr(shell.err());
        line.setUsageHelpWidth(100);
        line.setColorScheme(CommandLine.Help.defaultColorScheme(
                shell.interactive() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        Complaint complaint = new Complaint(shell, Arrays.asList(arguments).contains("--debug"));
        line.setParameterExceptionHandler(complaint::aboutUsage);
        line.setExecutionExceptionHandler(complaint::aboutExecution);
        int status = line.execute(arguments);
        shell.out().flush();
        shell.err().flush();
        return status;
    }
}
