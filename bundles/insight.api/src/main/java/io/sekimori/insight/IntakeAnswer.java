package io.sekimori.insight;

/** What became of a status. */
public sealed interface IntakeAnswer {

    /** It is verified and on disk. */
    record Accepted(KeptStatus status) implements IntakeAnswer {}

    /** The console has this very status already. */
    record Known() implements IntakeAnswer {}

    /**
     * It was not believed. Sending it again will not help.
     *
     * @param code why
     * @param detail safe to show
     */
    record Dropped(InsightCode code, String detail) implements IntakeAnswer {}
}
