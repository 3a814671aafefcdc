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
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Why something could not be done, in the user's language.
 *
 * @param exit   what the process answers if that is the end of it
 * @param code   stable
 * @param text   the fact, safe to show
 * @param advice what a person can do about it
 */
record Reason(ExitCode exit, String code, String text, Optional<String> advice) {

    /** What {@code e} says. */
    static Reason of(Exception e, Messages messages) {
        if (e instanceof Failure failure) {
            return of(failure.exit(), failure.code(), failure.advice(), messages, failure.details());
        }
        if (e instanceof ControlException control) {
            return of(
                    control.code() == ControlCode.GATEWAY_UNREACHABLE ? ExitCode.UNREACHABLE : ExitCode.FAILED,
                    control.code().name(),
                    messages,
                    String.valueOf(control.getMessage()));
        }
        if (e instanceof RecordsException records) {
            return of(ExitCode.FAILED, records.code().name(), messages, String.valueOf(e.getMessage()));
        }
        if (e instanceof DataException data) {
            return of(ExitCode.REFUSED, data.code().name(), messages, String.valueOf(e.getMessage()));
        }
        if (e instanceof TrustException trust) {
            return of(
                    ExitCode.REFUSED,
                    trust.refusal().code().name(),
                    messages,
                    trust.refusal().detail());
        }
        if (e instanceof MalformedJson) {
            return of(ExitCode.FAILED, "MALFORMED", messages, String.valueOf(e.getMessage()));
        }
        if (e instanceof FileSystemException file) {
            return of(ExitCode.FAILED, "FILE", messages, file.getFile(), why(file, messages));
        }
        if (e instanceof IOException || e instanceof UncheckedIOException) {
            return of(ExitCode.FAILED, "IO", messages, String.valueOf(e.getMessage()));
        }
        return of(ExitCode.FAILED, "INTERNAL", messages, e.getClass().getSimpleName() + ": " + e.getMessage());
    }

    private static String why(FileSystemException e, Messages messages) {
        String kind = e.getClass().getSimpleName();
        return e.getReason() == null ? messages.find("file." + kind).orElse(kind) : e.getReason();
    }

    private static Reason of(ExitCode exit, String code, Messages messages, Object... details) {
        return of(exit, code, Optional.empty(), messages, details);
    }

    private static Reason of(ExitCode exit, String code, Optional<String> given, Messages messages, Object... details) {
        boolean ours = messages.find("failure." + code).isPresent();
        return new Reason(
                exit,
                code,
                ours ? messages.text("failure." + code, details) : String.valueOf(details[0]),
                given.isPresent() ? given : advice(code, messages, details));
    }

    private static Optional<String> advice(String code, Messages messages, Object... details) {
        return messages.find("failure." + code + ".advice").isPresent()
                ? Optional.of(messages.text("failure." + code + ".advice", details))
                : Advice.of(code, messages);
    }

    /** Says it beside the answer: the fact, the code, the advice. */
    void note(Shell shell) {
        shell.note(shell.messages().text("error.line", code, text));
        advice.ifPresent(line -> shell.note(shell.messages().text("error.advice", line)));
    }

    /** As {@code --json} shows it. */
    Map<String, Object> document() {
        Map<String, Object> document = new TreeMap<>(Map.of("code", code, "detail", text));
        advice.ifPresent(line -> document.put("advice", line));
        return document;
    }
}
