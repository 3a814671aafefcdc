package io.sekimori.tuning;

/** Whether a change is on its way. */
public sealed interface TuningAnswer {

    /** It is. */
    record Sent(Tuned tuned) implements TuningAnswer {}

    /** It is not; nothing was changed. {@code detail} is safe to show. */
    record Refused(TuningCode code, String detail) implements TuningAnswer {}
}
