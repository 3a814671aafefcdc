package io.sekimori.access;

import java.time.Instant;
import java.util.Objects;

/**
 * A session as stored. The token itself is kept nowhere.
 *
 * @param tokenHash SHA-256 of the token, 64 lower-case hex digits
 * @param id names the session in lists and in the audit
 * @param person whose it is
 * @param kind how it is used
 * @param since when it began
 * @param used when it was last used, as far as was noted
 * @param ends when it ends at the latest
 * @param from the address it was begun from
 */
public record KeptSession(
        String tokenHash,
        String id,
        String person,
        Session.Kind kind,
        Instant since,
        Instant used,
        Instant ends,
        String from) {

    /** @throws IllegalArgumentException if the hash is malformed */
    public KeptSession {
        if (!tokenHash.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("not a SHA-256");
        }
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(person, "person");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(since, "since");
        Objects.requireNonNull(used, "used");
        Objects.requireNonNull(ends, "ends");
        Objects.requireNonNull(from, "from");
    }
}
