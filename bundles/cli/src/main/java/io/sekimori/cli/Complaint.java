package io.sekimori.cli;

import io.sekimori.control.socket.ControlCode;
import io.sekimori.control.socket.ControlException;
import io.sekimori.records.RecordsException;
import io.sekimori.records.backup.DataException;
import io.sekimori.trust.MalformedJson;
import io.sekimori.trust.TrustException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.util.Optional;
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
            return say(failure.exit(), failure.code(), failure.advice(), failure.details());
        }
        if (e instanceof ControlException control) {
            return say(
                    control.code() == ControlCode.GATEWAY_UNREACHABLE ? ExitCode.UNREACHABLE : ExitCode.FAILED,
                    control.code().name(),
                    String.valueOf(control.getMessage()));
        }
        if (e instanceof RecordsException records) {
            return say(ExitCode.FAILED, records.code().name(), String.valueOf(e.getMessage()));
        }
        if (e instanceof DataException data) {
            return say(ExitCode.REFUSED, data.code().name(), String.valueOf(e.getMessage()));
        }
        if (e instanceof TrustException trust) {
            return say(
                    ExitCode.REFUSED,
                    trust.refusal().code().name(),
                    trust.refusal().detail());
        }
        if (e instanceof MalformedJson) {
            return say(ExitCode.FAILED, "MALFORMED", String.valueOf(e.getMessage()));
        }
        if (e instanceof FileSystemException file) {
            return say(ExitCode.FAILED, "FILE", file.getFile(), reason(file));
        }
        if (e instanceof IOException || e instanceof UncheckedIOException) {
            return say(ExitCode.FAILED, "IO", String.valueOf(e.getMessage()));
        }
        return say(ExitCode.FAILED, "INTERNAL", e.getClass().getSimpleName() + ": " + e.getMessage());
    }

    private String reason(FileSystemException e) {
        String kind = e.getClass().getSimpleName();
        return e.getReason() == null ? shell.messages().find("file." + kind).orElse(kind) : e.getReason();
    }

    private int say(ExitCode exit, String code, Object... details) {
        return say(exit, code, Optional.empty(), details);
    }

    private int say(ExitCode exit, String code, Optional<String> given, Object... details) {
        Messages messages = shell.messages();
        boolean ours = messages.find("failure." + code).isPresent();
        String text = ours ? messages.text("failure." + code, details) : String.valueOf(details[0]);
        shell.note(messages.text("error.line", code, text));
        Optional<String> advice = given.isPresent() ? given : ours(code, details);
        advice.ifPresent(line -> shell.note(messages.text("error.advice", line)));
        return exit.number();
    }

    private Optional<String> ours(String code, Object... details) {
        Messages messages = shell.messages();
        return messages.find("failure." + code + ".advice").isPresent()
                ? Optional.of(messages.text("failure." + code + ".advice", details))
                : Advice.of(code, messages);
    }
}
