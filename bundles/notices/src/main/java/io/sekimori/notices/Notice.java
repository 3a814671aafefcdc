package io.sekimori.notices;

import java.time.Instant;
import java.util.List;

/**
 * What is told of at one time: facts of one kind that came within a short while.
 *
 * @param id the same with each try, {@code n-} and 32 hex digits
 * @param at when the first of them was seen
 * @param count how many there are
 * @param facts the first of them, at most {@value #MOST_SHOWN}
 */
record Notice(String id, Kind kind, Instant at, int count, List<Fact> facts) {

    static final int MOST_SHOWN = 50;

    Notice {
        facts = List.copyOf(facts);
    }

    /** Without what it is about. */
    Notice brief() {
        return new Notice(id, kind, at, count, List.of());
    }
}
