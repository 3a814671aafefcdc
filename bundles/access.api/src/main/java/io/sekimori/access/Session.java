package io.sekimori.access;

import java.time.Instant;
import java.util.Objects;

/**
 * One sign-in, as long as it lasts.
 *
 * @param id names it in lists and in the audit; not enough to use it
 * @param person whose it is, with the roles of now
 * @param kind how it is used
 * @param since when it began
 * @param ends when it ends at the latest; not being used ends it earlier
 * @param from the address it was begun from
 */
public record Session(String id, Person person, Kind kind, Instant since, Instant ends, String from) {

    /** How a session is used. Stable names: add, never rename. */
    public enum Kind {
        /** By a browser, in a cookie. */
        BROWSER,
        /** By a program such as the command line, in a header; lasts longer. */
        PROGRAM
    }

    /** @throws NullPointerException if a part is null */
    public Session {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(person, "person");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(since, "since");
        Objects.requireNonNull(ends, "ends");
        Objects.requireNonNull(from, "from");
    }
}
