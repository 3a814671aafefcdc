package io.sekimori.cli;

import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what was wrong: the fact, the code, the advice. A stack trace only with {@code --debug}. */
final class Complaint {

    private final Shell shell;
    private final boolean debug;

    Complaint(Shell shell, boolean debug) {
        this.shell = shell;
        this.debug = debug;
    }

    int aboutUsage(ParameterException e, String[] arguments) {
        Messages messages = shell.messages();
        shell.note(messages.text("error.line", "USAGE", e.getMessage()));
        UnmatchedArgumentException.printSuggestions(e, shell.err());
        shell.note(messages.text(
                "error.advice",
                messages.text(
                        "usage.advice", e.getCommandLine().getCommandSpec().qualifiedName())));
        return ExitCode.USAGE.number();
    }

    int aboutExecution(Exception e, CommandLine line, ParseResult result) {
        if (debug) {
            e.printStackTrace(shell.err());
        }
        Reason reason = Reason.of(e, shell.messages());
        reason.note(shell);
        return reason.exit().number();
    }
}
