package io.sekimori.broker;

/** The exit codes of the broker, as {@code docs/exit-codes.md} explains them. */
public enum ExitCode {
    /** Stopped because it was asked to (SIGTERM, SIGINT), or the files for mosquitto were written. */
    OK(0),
    /** The command line is wrong. */
    USAGE(2),
    /** Another broker runs in this folder. */
    ALREADY_RUNNING(24),
    /** {@code broker.json}, or a certificate it names, cannot be used. */
    CONFIGURATION(40),
    /** The broker did not start, or its journal failed. */
    FAILED(41);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    /** The number the process exits with. */
    public int code() {
        return code;
    }
}
