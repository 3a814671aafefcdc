package io.sekimori.cli;

/** What the process answers to its caller. The numbers are a promise to scripts: add, never change. */
public enum ExitCode {
    /** Done, or green. */
    OK(0),
    /** Refused by a rule, or red. The reason code is on stderr (in the document with {@code --json}). */
    REFUSED(1),
    /** The command line itself was wrong; nothing was tried. */
    USAGE(2),
    /** The gateway did not answer on its control socket. */
    UNREACHABLE(3),
    /** The command broke on something it did not expect: a disk, a file, a defect. */
    FAILED(4),
    /** The operator cancelled. */
    CANCELLED(5),
    /** A change of settings was tried and taken back: what was before is in force. */
    REVERTED(6);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    /** The process exit status. */
    public int number() {
        return number;
    }
}
