package io.sekimori.notices;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;

/** Since when somebody is to be told: what happened before is no news. Stateless. */
final class SinceRows {

    private SinceRows() {}

    /** Since when somebody is to be told of what happens; empty if nobody was before. */
    static Optional<Instant> read(Connection connection) throws SQLException {
        try (PreparedStatement select = Sql.prepare(connection, "select min(since) from notices_since");
                ResultSet row = select.executeQuery()) {
            row.next();
            long since = row.getLong(1);
            return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(since));
        }
    }

    /** Somebody is to be told from now on, unless somebody was before; since when. */
    static Instant begin(Connection connection, Instant now) throws SQLException {
        Optional<Instant> since = read(connection);
        if (since.isEmpty()) {
            Sql.update(connection, "insert into notices_since (since) values (?)", now.toEpochMilli());
        }
        return since.orElse(now);
    }

    /** Nobody is to be told any more: what happens from now on is no news when somebody is again. */
    static void forget(Connection connection) throws SQLException {
        Sql.update(connection, "delete from notices_since");
    }
}
