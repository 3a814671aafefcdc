package io.sekimori.cli;

import io.sekimori.trust.Refusal;
import io.sekimori.trust.TrustException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
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
        if (e instanceof Failure failure) {
            return say(failure.exit(), failure.code(), failure.details());
        }
        if (e instanceof TrustException trust) {
            return refused(trust.refusal());
        }
        if (e instanceof FileSystemException file) {
            return say(ExitCode.FAILED, "FILE", file.getFile(), reason(file));
        }
        if (e instanceof IOException || e instanceof UncheckedIOException) {
            return say(ExitCode.FAILED, "IO", String.valueOf(e.getMessage()));
        }
        return say(ExitCode.FAILED, "INTERNAL", e.getClass().getSimpleName() + ": " + e.getMessage());
    }

    private int refused(Refusal refusal) {
        Messages messages = shell.messages();
        shell.note(messages.text("error.line", refusal.code().name(), refusal.detail()));
        Advice.of(refusal.code().name(), messages)
                .ifPresent(advice -> shell.note(messages.text("error.advice", advice)));
        return ExitCode.REFUSED.number();
    }

    private static String reason(FileSystemException e) {
        return e.getReason() == null ? e.getClass().getSimpleName() : e.getReason();
    }

    private int say(ExitCode exit, String code, Object... details) {
        Messages messages = shell.messages();
        shell.note(messages.text("error.line", code, messages.text("failure." + code, details)));
        messages.find("failure." + code + ".advice")
                .ifPresent(advice -> shell.note(
                        messages.text("error.advice", messages.text("failure." + code + ".advice", details))));
        return exit.number();
    }
}
