package io.sekimori.notices;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/**
 * What there is to do, read before anything is written: most of the time there is nothing.
 *
 * @param ready whether something collected is to be handed out
 * @param due whether somebody is to be told
 * @param old whether something is to be forgotten
 */
record Ahead(boolean ready, boolean due, boolean old) {

    /** @param forgotten what began before that is old */
    static Ahead at(Connection connection, Instant now, Instant forgotten) throws SQLException {
        try (PreparedStatement select = Sql.prepare(
                        connection,
                        "select exists (select 1 from notices_notice where handed_out = ? and ready_at <= ?),"
                                + " exists (select 1 from notices_due where state = 'WAITING' and next_at <= ?),"
                                + " exists (select 1 from notices_notice where begun_at < ?)",
                        false,
                        now.toEpochMilli(),
                        now.toEpochMilli(),
                        forgotten.toEpochMilli());
                ResultSet row = select.executeQuery()) {
            row.next();
            return new Ahead(row.getBoolean(1), row.getBoolean(2), row.getBoolean(3));
        }
    }
}
