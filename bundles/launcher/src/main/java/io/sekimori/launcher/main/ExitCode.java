package io.sekimori.launcher.main;

/** The exit codes of the launcher, as {@code docs/exit-codes.md} explains them. */
public enum ExitCode {
    /** Stopped because it was asked to (SIGTERM, SIGINT), or verified. */
    OK(0),
    /** The command line is wrong. */
    USAGE(2),
    /** A trust root is missing: nothing is trusted on first use. */
    NO_TRUST_ROOT(20),
    /** No generation may be started, or the one that was asked for does not verify. */
    NO_STARTABLE_GENERATION(21),
    /** The unit directory, or the pointer in it, cannot be read. */
    UNIT_UNREADABLE(22),
    /** The framework could not be started, or stopped though nobody asked the launcher. */
    FRAMEWORK_FAILED(23),
    /** Another launcher runs this unit. */
    ALREADY_RUNNING(24),
    /** Code inside the gateway ended the JVM. */
    EXITED(25),
    /** A slot that was asked for was not brought in. */
    SLOT_REFUSED(26),
    /** A new process is wanted: the start script starts again. */
    RESTART(30),
    /** A deadline expired: the start script starts again. */
    DEADLINE(31);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    /** The number the process exits with. */
    public int code() {
        return code;
    }
}
