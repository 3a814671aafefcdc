package io.sekimori.update;

import java.time.Instant;

/** What became of the wish to put updates off. */
public sealed interface DeferAnswer {

    /**
     * Nothing begins by itself before then.
     *
     * @param until now if nothing is put off any more
     */
    record Deferred(Instant until) implements DeferAnswer {}

    /** It is not put off any further. */
    record Refused(Reason reason) implements DeferAnswer {}
}
