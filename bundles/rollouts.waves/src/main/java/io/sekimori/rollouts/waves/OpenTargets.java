package io.sekimori.rollouts.waves;

import io.sekimori.fleet.DeviceReport;
import io.sekimori.rollouts.RolloutCode;
import io.sekimori.rollouts.RolloutState;
import io.sekimori.rollouts.TargetState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The rows of targets that were assigned, until a report or silence settles them. Times as in {@link TargetRows}. Stateless. */
final class OpenTargets {

    // What is confirmed stays so, unless the gateway says that it went back to what an older assignment had.
    private static final String MOVABLE = " and t.gateway_id = ? and t.state <> 'WAITING'"
            + " and (t.state <> 'CONFIRMED' or t.assignment > ?) order by t.rollout_id";

    // A gateway may have a target of several rollouts, and a page may end between them.
    private static final String BEHIND = " and t.gateway_id >= ? and (t.gateway_id > ? or t.rollout_id > ?)"
            + " order by t.gateway_id, t.rollout_id limit ?";

    private OpenTargets() {}

    /** One that is pending, with the rollout it belongs to, and when it was settled or fell silent, if it is. */
    record Open(String rollout, String gateway, Proof.Pending pending, Instant settled) {

        Place place() {
            return new Place(gateway, rollout);
        }
    }

    /** Where a target stands among those that are gone through page by page. */
    record Place(String gateway, String rollout) {

        static final Place FIRST = new Place("", "");
    }

    /** The targets of a gateway that this report of it may still move. */
    static List<Open> open(Connection connection, String gateway, DeviceReport report) throws SQLException {
        return open(connection, MOVABLE, List.of(gateway, kept(report)));
    }

    /** As {@link #open}, and nobody else moves them until the transaction ends. */
    static List<Open> openLocked(Connection connection, String gateway, DeviceReport report) throws SQLException {
        return open(connection, MOVABLE + " for update", List.of(gateway, kept(report)));
    }

    private static long kept(DeviceReport report) {
        return report.fellBack().isPresent() ? report.assignment() : Long.MAX_VALUE;
    }

    /** Up to {@code limit} targets that are waited for, behind a place. */
    static List<Open> waitedFor(Connection connection, Place after, int limit) throws SQLException {
        return open(
                connection,
                " and t.state in ('ASSIGNED', 'IN_PROGRESS', 'SILENT')" + BEHIND,
                List.of(after.gateway(), after.gateway(), after.rollout(), limit));
    }

    /** Up to {@code limit} that wait by their own policy and whose time is over, behind a place. */
    static List<Open> overdueWaiting(Connection connection, Instant now, Place after, int limit) throws SQLException {
        return open(
                connection,
                " and t.state in ('ASSIGNED', 'IN_PROGRESS') and t.code <> '' and t.silent_at <= ?" + BEHIND,
                List.of(now.toEpochMilli(), after.gateway(), after.gateway(), after.rollout(), limit));
    }

    /** Up to {@code limit} that began nothing that is known of and whose time is over, behind a place. */
    static List<Open> overdue(Connection connection, Instant now, Place after, int limit) throws SQLException {
        return open(
                connection,
                " and t.state = 'ASSIGNED' and t.taken_back = 0 and t.silent_at <= ?" + BEHIND,
                List.of(now.toEpochMilli(), after.gateway(), after.gateway(), after.rollout(), limit));
    }

    private static List<Open> open(Connection connection, String conditions, List<?> values) throws SQLException {
        List<Open> open = new ArrayList<>();
        try (PreparedStatement statement = Parameters.prepare(
                        connection,
                        "select t.rollout_id, t.gateway_id, t.state, t.code, t.assignment, t.base, t.wanted, t.tries,"
                                + " t.settled_at, t.taken_back, (select r.state from rollouts_rollout r where r.id = t.rollout_id) from rollouts_target t"
                                + " where t.assignment > 0" + conditions,
                        values);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                open.add(new Open(
                        row.getString(1),
                        row.getString(2),
                        new Proof.Pending(
                                TargetState.valueOf(row.getString(3)),
                                row.getString(4),
                                row.getLong(5),
                                row.getString(6),
                                row.getString(7),
                                row.getInt(8),
                                RolloutState.valueOf(row.getString(11)).ended(),
                                row.getLong(10)),
                        Instant.ofEpochMilli(row.getLong(9))));
            }
        }
        return open;
    }

    /** Moves a pending target by what a report proved; nothing happens if it is not where it was any more. */
    static void move(Connection connection, Open target, Proof.Move move, Instant now) throws SQLException {
        Parameters.update(
                connection,
                "update rollouts_target set state = ?, code = ?, detail = ?, settled_at = ?,"
                        + " late = (late or state = 'SILENT') where rollout_id = ? and gateway_id = ? and state = ?"
                        + " and assignment = ?",
                move.to().name(),
                move.code(),
                move.detail(),
                move.to().settled() ? now.toEpochMilli() : 0L,
                target.rollout(),
                target.gateway(),
                target.pending().state().name(),
                target.pending().assignment());
        if (move.to() == TargetState.ASSIGNED) {
            heardWaiting(connection, target, now);
        }
    }

    /** One that waits by its own policy has as long from here on before it counts as silent. */
    static int heardWaiting(Connection connection, Open target, Instant heard) throws SQLException {
        return Parameters.update(
                connection,
                "update rollouts_target set silent_at = ? + (select r.silent_after from rollouts_rollout r"
                        + " where r.id = rollouts_target.rollout_id) where rollout_id = ? and gateway_id = ?"
                        + " and state in ('ASSIGNED', 'IN_PROGRESS') and code <> '' and assignment = ?",
                heard.toEpochMilli(),
                target.rollout(),
                target.gateway(),
                target.pending().assignment());
    }

    /** Whether there is anything for {@link #fallSilent} to do; asking does not keep writers waiting. */
    static boolean isAnybodySilent(Connection connection, Instant now) throws SQLException {
        try (PreparedStatement statement = Parameters.prepare(
                        connection,
                        "select 1 from rollouts_target where state in ('ASSIGNED', 'IN_PROGRESS') and silent_at <= ?"
                                + " limit 1",
                        List.of(now.toEpochMilli()));
                ResultSet row = statement.executeQuery()) {
            return row.next();
        }
    }

    /** Whose time is over falls silent; how many did. */
    static int fallSilent(Connection connection, Instant now) throws SQLException {
        return Parameters.update(
                connection,
                "update rollouts_target set state = 'SILENT', code = ?, settled_at = ?"
                        + " where state in ('ASSIGNED', 'IN_PROGRESS') and silent_at <= ?",
                RolloutCode.NO_OUTCOME.name(),
                now.toEpochMilli(),
                now.toEpochMilli());
    }

    /** One that waited by its own policy, and begins now, has as long from here on as the others had. */
    static int progress(Connection connection, String gateway, String progress, Instant now) throws SQLException {
        return Parameters.update(
                connection,
                "update rollouts_target set state = 'IN_PROGRESS', progress = ?,"
                        + " silent_at = case when code = '' then silent_at else ? + (select r.silent_after from"
                        + " rollouts_rollout r where r.id = rollouts_target.rollout_id) end, code = '', detail = ''"
                        + " where gateway_id = ? and state in ('ASSIGNED', 'IN_PROGRESS')",
                progress,
                now.toEpochMilli(),
                gateway);
    }
}
