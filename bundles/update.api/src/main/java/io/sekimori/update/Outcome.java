package io.sekimori.update;

/** How a transition ended. {@code running} is always the generation the gateway runs now. */
public sealed interface Outcome {

    /** The generation the gateway runs, or will run after the restart that is under way. */
    int running();

    /** The next generation is confirmed, for good. */
    record Confirmed(int running) implements Outcome {}

    /** Refused before anything that runs was touched. */
    record Refused(int running, Reason reason) implements Outcome {}

    /** The next generation was tried, and the one before runs again. */
    record Reverted(int running, Reason reason) implements Outcome {}

    /** Ended on request; the generation before runs. */
    record Cancelled(int running) implements Outcome {}

    /** The process ended in the middle; {@code running} was started afresh afterwards. */
    record Interrupted(int running, Reason reason) implements Outcome {}
}
