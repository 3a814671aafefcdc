package io.sekimori.cli;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A command that cannot go on: what was wrong, a stable code, what to do, and the exit code. The text of our own code
 * {@code X} is the message {@code failure.X}, its advice {@code failure.X.advice}; for a code of another area the only
 * detail is the text, and the area has the advice.
 */
public final class Failure extends Exception {

    private static final long serialVersionUID = 1L;

    private final ExitCode exit;
    private final String code;
    private final transient Object[] details;
    private @Nullable String advice;

    /** A failure that {@code code} names, with what its text mentions. */
    public Failure(ExitCode exit, String code, Object... details) {
        super(code);
        this.exit = exit;
        this.code = code;
        this.details = details.clone();
    }

    /** The same, for this cause. */
    public Failure because(Throwable cause) {
        initCause(cause);
        return this;
    }

    /** The same, with the advice that whoever refused gave along. */
    public Failure advising(String text) {
        advice = text;
        return this;
    }

    Optional<String> advice() {
        return Optional.ofNullable(advice);
    }

    ExitCode exit() {
        return exit;
    }

    /** The stable code. */
    public String code() {
        return code;
    }

    Object[] details() {
        return details.clone();
    }
}
