package io.sekimori.notices;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Facts, and the notices that tell of them, in the records. Stateless. */
final class NoticeRows {

    /** So many facts of one subject a notice tells of: nobody fills the records by saying ever new things. */
    static final int MOST_OF_ONE = 10;

    private NoticeRows() {}

    /**
     * Keeps a fact, if it is new, with the notice of its kind that is being collected, or with a new one.
     *
     * @param id of the notice, should a new one be made
     */
    static boolean keep(Connection connection, Fact fact, String id, Duration collecting, Instant now)
            throws SQLException {
        if (exists(connection, fact)) {
            return false;
        }
        Optional<String> open = open(connection, fact.kind(), now);
        if (open.isEmpty()) {
            Sql.update(
                    connection,
                    "insert into notices_notice (id, kind, begun_at, ready_at, handed_out) values (?, ?, ?, ?, ?)",
                    id,
                    fact.kind().name(),
                    now.toEpochMilli(),
                    now.plus(collecting).toEpochMilli(),
                    false);
        }
        String notice = open.orElse(id);
        if (open.isPresent() && told(connection, notice, fact) >= MOST_OF_ONE) {
            return false; // one gateway, whatever it says, is one line among others
        }
        Sql.update(
                connection,
                "insert into notices_fact (fact, notice_id, place, subject, detail, seen_at) select ?, ?, count(*), ?, ?, ?"
                        + " from notices_fact where notice_id = ?",
                fact.key(),
                notice,
                fact.subject(),
                fact.detail(),
                now.toEpochMilli(),
                notice);
        return true;
    }

    /** Those that are not kept yet. */
    static List<Fact> fresh(Connection connection, List<Fact> facts) throws SQLException {
        List<Fact> fresh = new ArrayList<>();
        for (Fact fact : facts) {
            if (!exists(connection, fact)) {
                fresh.add(fact);
            }
        }
        return fresh;
    }

    private static boolean exists(Connection connection, Fact fact) throws SQLException {
        try (PreparedStatement select =
                        Sql.prepare(connection, "select 1 from notices_fact where fact = ?", fact.key());
                ResultSet row = select.executeQuery()) {
            return row.next();
        }
    }

    private static int told(Connection connection, String notice, Fact fact) throws SQLException {
        try (PreparedStatement select = Sql.prepare(
                        connection,
                        "select count(*) from notices_fact where notice_id = ? and subject = ?",
                        notice,
                        fact.subject());
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getInt(1);
        }
    }

    // Locked, so that nobody hands it out between this and the fact.
    private static Optional<String> open(Connection connection, Kind kind, Instant now) throws SQLException {
        try (PreparedStatement select = Sql.prepare(
                        connection,
                        "select id from notices_notice where handed_out = ? and kind = ? and ready_at > ?"
                                + " order by ready_at for update",
                        false,
                        kind.name(),
                        now.toEpochMilli());
                ResultSet row = select.executeQuery()) {
            return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
        }
    }

    /** Hands out what was collected: each notice to all these recipients. */
    static void handOut(Connection connection, List<String> recipients, Instant now) throws SQLException {
        List<String> ready = new ArrayList<>();
        try (PreparedStatement select = Sql.prepare(
                        connection,
                        "select id from notices_notice where handed_out = ? and ready_at <= ? for update skip locked",
                        false,
                        now.toEpochMilli());
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                ready.add(row.getString(1));
            }
        }
        for (String id : ready) {
            DueRows.put(connection, id, recipients, now);
            Sql.update(connection, "update notices_notice set handed_out = ? where id = ?", true, id);
        }
    }

    /** One notice as it is told. */
    static Notice read(Connection connection, String id) throws SQLException {
        List<Fact> facts = new ArrayList<>();
        int count = 0;
        Kind kind;
        Instant at;
        try (PreparedStatement select =
                        Sql.prepare(connection, "select kind, begun_at from notices_notice where id = ?", id);
                ResultSet row = select.executeQuery()) {
            row.next();
            kind = Kind.valueOf(row.getString(1));
            at = Instant.ofEpochMilli(row.getLong(2));
        }
        try (PreparedStatement select = Sql.prepare(
                        connection, "select subject, detail from notices_fact where notice_id = ? order by place", id);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                if (count++ < Notice.MOST_SHOWN) {
                    facts.add(new Fact(kind, "", row.getString(1), row.getString(2)));
                }
            }
        }
        return new Notice(id, kind, at, count, facts);
    }

    /** Forgets what is over. A fact that is still so is then told of again. */
    static void prune(Connection connection, Instant before) throws SQLException {
        long time = before.toEpochMilli();
        String old = "in (select id from notices_notice where begun_at < ?)";
        Sql.update(connection, "delete from notices_due where notice_id " + old, time);
        Sql.update(connection, "delete from notices_fact where notice_id " + old, time);
        Sql.update(connection, "delete from notices_notice where begun_at < ?", time);
    }

    /** When the oldest notice was handed out that did not arrive yet or never will. Tests do not count, and who is not told any more. */
    static OptionalLong oldestUndelivered(Connection connection) throws SQLException {
        try (PreparedStatement select = Sql.prepare(
                        connection,
                        "select min(n.ready_at) from notices_due d join notices_notice n on n.id = d.notice_id"
                                + " where d.state <> 'ARRIVED' and n.kind <> ? and d.code <> ?",
                        Kind.TEST.name(),
                        NoticesCode.NOTICE_RECIPIENT_GONE.name());
                ResultSet row = select.executeQuery()) {
            row.next();
            long oldest = row.getLong(1);
            return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(oldest);
        }
    }
}
