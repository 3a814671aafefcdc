package io.sekimori.notices;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What people have sent: a test, and once more what did not arrive. Stateless. */
final class AskedRows {

    /** One test in one way within that time: nobody has a mailbox filled. */
    static final Duration PAUSE = Duration.ofMinutes(1);

    private AskedRows() {}

    /** Makes a test notice that is due at once; false if there was one in that way just before. */
    static boolean test(
            Connection connection, String id, String medium, List<String> recipients, String who, Instant now)
            throws SQLException {
        if (testedSince(connection, medium, now.minus(PAUSE))) {
            return false;
        }
        long time = now.toEpochMilli();
        Sql.update(
                connection,
                "insert into notices_notice (id, kind, begun_at, ready_at, handed_out) values (?, ?, ?, ?, ?)",
                id,
                Kind.TEST.name(),
                time,
                time,
                true);
        Fact fact = new Fact(Kind.TEST, id, who, "");
        Sql.update(
                connection,
                "insert into notices_fact (fact, notice_id, place, subject, detail, seen_at) values (?, ?, 0, ?, ?, ?)",
                fact.key(),
                id,
                fact.subject(),
                fact.detail(),
                time);
        DueRows.put(connection, id, recipients, now);
        return true;
    }

    private static boolean testedSince(Connection connection, String medium, Instant since) throws SQLException {
        try (PreparedStatement select = Sql.prepare(
                        connection,
                        "select 1 from notices_notice n join notices_due d on d.notice_id = n.id"
                                + " where n.kind = ? and n.begun_at > ? and d.recipient like ?",
                        Kind.TEST.name(),
                        since.toEpochMilli(),
                        medium + ":%");
                ResultSet row = select.executeQuery()) {
            return row.next();
        }
    }

    /** Has it tried at once, and as often as a new one, for all whom it did not reach; how many they are. */
    static int again(Connection connection, String id, Instant now) throws SQLException {
        return Sql.update(
                connection,
                // One without a problem is new, or somebody is sending it just now.
                "update notices_due set state = 'WAITING', tries = 0, next_at = ?"
                        + " where notice_id = ? and (state = 'GIVEN_UP' or state = 'WAITING' and problem <> '')",
                now.toEpochMilli(),
                id);
    }

    static boolean exists(Connection connection, String id) throws SQLException {
        try (PreparedStatement select = Sql.prepare(connection, "select 1 from notices_notice where id = ?", id);
                ResultSet row = select.executeQuery()) {
            return row.next();
        }
    }
}
