package io.sekimori.update;

/** Whether a transition was begun. */
public sealed interface ApplyAnswer {

    /** The transition runs; its outcome goes to the listener and to {@link UpdateService#recent}. */
    record Started(String id) implements ApplyAnswer {}

    /** No transition was begun and nothing was touched. */
    record NotStarted(Reason reason) implements ApplyAnswer {}
}
