package io.sekimori.audit.chain;

import java.time.Instant;

/**
 * The end of a chain: what the next line must follow from.
 *
 * @param sequence number of the last line, 0 if there is none
 * @param hash hash of the last line, 64 hex digits
 * @param at instant of the last line
 */
record Tail(long sequence, String hash, Instant at) {

    /** Where every chain begins. */
    static final Tail START = new Tail(0, "0".repeat(64), Instant.EPOCH);

    /** The tail that {@code line} follows from by its own words. */
    static Tail before(ChainLine line) {
        return new Tail(line.sequence() - 1, line.previous(), Instant.EPOCH);
    }

    static Tail after(ChainLine line) {
        return new Tail(line.sequence(), line.hash(), line.at());
    }
}
