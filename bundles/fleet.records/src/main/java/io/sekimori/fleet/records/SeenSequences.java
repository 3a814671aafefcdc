package io.sekimori.fleet.records;

/**
 * Which of the newest {@value #WIDTH} sequence numbers came. Reports travel by two ways, so an older one may come after a
 * newer one without anybody repeating it.
 *
 * @param bits bit n stands for the number n before the newest
 */
record SeenSequences(long bits) {

    static final int WIDTH = Long.SIZE;

    /** The newest alone. */
    static final SeenSequences FIRST = new SeenSequences(1);

    /** After one that is {@code steps} newer, at least 1. */
    SeenSequences newer(long steps) {
        return steps >= WIDTH ? FIRST : new SeenSequences(bits << steps | 1);
    }

    /** Whether one that is {@code steps} older came before, or is too old to tell. */
    boolean has(long steps) {
        return steps >= WIDTH || (bits >>> steps & 1) == 1;
    }

    /** After one that is {@code steps} older. */
    SeenSequences older(long steps) {
        return new SeenSequences(bits | 1L << steps);
    }
}
