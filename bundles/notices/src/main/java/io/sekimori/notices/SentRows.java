package io.sekimori.notices;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What was told, for people who want to know whether it arrived: the newest first. Stateless. */
final class SentRows {

    /** So many of its facts are shown of each. */
    private static final int FACTS_SHOWN = 10;

    private SentRows() {}

    /**
     * One notice.
     *
     * @param ready when it was or will be handed out
     * @param count how many facts it has
     * @param facts the first of them
     * @param told to whom it went; empty while it is collected, or if there was nobody
     */
    record Sent(
            String id,
            String kind,
            Instant begun,
            Instant ready,
            boolean handedOut,
            int count,
            List<Seen> facts,
            List<Told> told) {

        /** Behind it the next page begins. */
        String key() {
            return begun.toEpochMilli() + "." + id;
        }
    }

    /** A fact, and when it was seen. */
    record Seen(String subject, String detail, Instant at) {}

    /**
     * How it stands with one recipient.
     *
     * @param state {@code WAITING}, {@code ARRIVED} or {@code GIVEN_UP}
     * @param last when it was tried last; empty if it was not yet
     * @param code why it did not arrive; empty if it did, or was not tried, or is being sent
     */
    record Told(
            Recipient to, String state, int tries, Optional<Instant> last, Instant next, String code, String problem) {}

    /** Where a page begins. */
    record After(long begun, String id) {

        static final After NOTHING = new After(Long.MAX_VALUE, "");

        /** @throws IllegalArgumentException if it is no key */
        static After of(String key) {
            if (key.isEmpty()) {
                return NOTHING;
            }
            if (!key.matches("[0-9]{1,18}\\.n-[0-9a-f]{32}")) {
                throw new IllegalArgumentException("after is not the key of a notice");
            }
            int dot = key.indexOf('.');
            return new After(Long.parseLong(key.substring(0, dot)), key.substring(dot + 1));
        }
    }

    static List<Sent> page(Connection connection, After after, int limit) throws SQLException {
        List<Sent> page = new ArrayList<>();
        try (PreparedStatement select = Sql.prepare(
                        connection,
                        "select n.id, n.kind, n.begun_at, n.ready_at, n.handed_out,"
                                + " (select count(*) from notices_fact f where f.notice_id = n.id)"
                                + " from notices_notice n where n.begun_at < ? or n.begun_at = ? and n.id < ?"
                                + " order by n.begun_at desc, n.id desc limit ?",
                        after.begun(),
                        after.begun(),
                        after.id(),
                        limit);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                page.add(new Sent(
                        row.getString(1),
                        row.getString(2),
                        Instant.ofEpochMilli(row.getLong(3)),
                        Instant.ofEpochMilli(row.getLong(4)),
                        row.getBoolean(5),
                        row.getInt(6),
                        facts(connection, row.getString(1)),
                        told(connection, row.getString(1))));
            }
        }
        return page;
    }

    private static List<Seen> facts(Connection connection, String notice) throws SQLException {
        List<Seen> facts = new ArrayList<>();
        try (PreparedStatement select = Sql.prepare(
                        connection,
                        "select subject, detail, seen_at from notices_fact where notice_id = ? order by place limit ?",
                        notice,
                        FACTS_SHOWN);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                facts.add(new Seen(row.getString(1), row.getString(2), Instant.ofEpochMilli(row.getLong(3))));
            }
        }
        return facts;
    }

    private static List<Told> told(Connection connection, String notice) throws SQLException {
        List<Told> told = new ArrayList<>();
        try (PreparedStatement select = Sql.prepare(
                        connection,
                        "select recipient, state, tries, last_at, next_at, code, problem from notices_due"
                                + " where notice_id = ? order by recipient",
                        notice);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                long last = row.getLong(4);
                told.add(new Told(
                        Recipient.of(row.getString(1)),
                        row.getString(2),
                        row.getInt(3),
                        last == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(last)),
                        Instant.ofEpochMilli(row.getLong(5)),
                        row.getString(6),
                        row.getString(7)));
            }
        }
        return told;
    }
}
