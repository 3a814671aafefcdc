package io.sekimori.notices;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Who is still to get which notice. One is claimed before it is sent and marked after: a console that ends in between leaves
 * it to the next one, which sends it again under the same id. Stateless.
 */
final class DueRows {

    /** So long a sender has to say how it went. */
    static final Duration CLAIM = Duration.ofMinutes(5);

    /** Over two days with the pauses between. */
    static final int MOST_TRIES = 15;

    private static final Duration FIRST_PAUSE = Duration.ofMinutes(1);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(6);

    private DueRows() {}

    /** @param tries how often it was tried, with this time */
    record Due(String notice, String recipient, int tries) {}

    /** Why somebody was not told. */
    record Failure(NoticesCode code, String detail) {

        /** Whether trying again changes nothing. */
        boolean lasting() {
            return code == NoticesCode.NOTICE_RECIPIENT_GONE;
        }
    }

    /** Puts a notice before all of them, at once. */
    static void put(Connection connection, String notice, List<String> recipients, Instant now) throws SQLException {
        for (String recipient : recipients) {
            Sql.update(
                    connection,
                    "insert into notices_due (notice_id, recipient, tries, next_at, state, problem)"
                            + " values (?, ?, 0, ?, 'WAITING', '')",
                    notice,
                    recipient,
                    now.toEpochMilli());
        }
    }

    static List<Due> claim(Connection connection, int limit, Instant now) throws SQLException {
        List<Due> claimed = new ArrayList<>();
        try (PreparedStatement select = Sql.prepare(
                        connection,
                        "select notice_id, recipient, tries from notices_due where state = 'WAITING' and next_at <= ?"
                                + " order by next_at limit ? for update skip locked",
                        now.toEpochMilli(),
                        limit);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                claimed.add(new Due(row.getString(1), row.getString(2), row.getInt(3) + 1));
            }
        }
        for (Due due : claimed) {
            Sql.update(
                    connection,
                    "update notices_due set tries = ?, next_at = ?, last_at = ?, code = '', problem = ''"
                            + " where notice_id = ? and recipient = ?",
                    due.tries(),
                    now.plus(CLAIM).toEpochMilli(),
                    now.toEpochMilli(),
                    due.notice(),
                    due.recipient());
        }
        return claimed;
    }

    static void arrived(Connection connection, Due due) throws SQLException {
        mark(connection, due, "ARRIVED", 0, "", "");
    }

    /** Has it tried again later; not for ever: whether it is given up. */
    static boolean failed(Connection connection, Due due, Failure failure, int mostTries, Instant now)
            throws SQLException {
        boolean over = due.tries() >= mostTries;
        mark(
                connection,
                due,
                over ? "GIVEN_UP" : "WAITING",
                now.plus(pause(due.tries())).toEpochMilli(),
                failure.code().name(),
                failure.detail());
        return over;
    }

    static Duration pause(int tries) {
        Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(tries - 1, 20));
        return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
    }

    private static void mark(Connection connection, Due due, String state, long next, String code, String problem)
            throws SQLException {
        String text = problem.replaceAll("[\\p{Cntrl}\\p{Cs}]", "?");
        Sql.update(
                connection,
                "update notices_due set state = ?, next_at = ?, code = ?, problem = ? where notice_id = ? and recipient = ?",
                state,
                next,
                code,
                text.length() > 300 ? text.substring(0, 300) : text,
                due.notice(),
                due.recipient());
    }
}
