package io.sekimori.releases;

/** What became of something that was brought. */
public sealed interface ImportAnswer {

    /** It is here, on the disk; {@code changed} is false if it was before. */
    record Taken(boolean changed) implements ImportAnswer {}

    /**
     * It was not taken and nothing changed.
     *
     * @param code stable, UPPER_SNAKE: the name of a {@link ReleasesCode} or of a code of the trust library
     * @param detail safe to show
     */
    record Refused(String code, String detail) implements ImportAnswer {}
}
