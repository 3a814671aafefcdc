package io.sekimori.rollouts.waves;

import io.sekimori.rollouts.RolloutCode;
import io.sekimori.rollouts.Rollouts;
import io.sekimori.rollouts.Standing;
import io.sekimori.rollouts.TargetState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The rows of targets as one gateway's, and those that a person has taken back. Times as in {@link TargetRows}. Stateless. */
final class TakeBackRows {

    private static final long WANTED = -1;

    // What the gateway took is not taken back, and what was never assigned needs no signature.
    private static final String UNSIGNED =
            " t.taken_back = -1 and t.assignment > 0 and t.state not in ('WAITING', 'CONFIRMED')";

    private TakeBackRows() {}

    /** One of a gateway's targets. */
    record Row(String rollout, TargetState state, String code, long assignment, boolean takenBack) {

        /** Whether it is too late to take it back. */
        boolean isTaken() {
            return Proof.took(state, code);
        }

        /**
         * Whether it may still come to it, as far as is known. What it refused, undid or was interrupted at it may try again
         * as long as nothing newer was assigned.
         *
         * @param kept   what it confirmed
         * @param newest what was assigned last
         */
        boolean isOnItsWay(long kept, long newest) {
            return switch (state) {
                case WAITING -> true;
                case ASSIGNED, IN_PROGRESS, SILENT -> assignment > kept;
                case REFUSED, REVERTED, FAILED -> !takenBack && assignment > kept && assignment == newest;
                case CONFIRMED, CANCELLED -> false;
            };
        }
    }

    /** What is to be signed to be void, from which version on. */
    record Void(String rollout, String gateway, long from) {}

    /** All of a gateway, the newest rollout first; nobody else moves them until the transaction ends. */
    static List<Row> of(Connection connection, String gateway) throws SQLException {
        List<Row> rows = new ArrayList<>();
        try (PreparedStatement statement = Parameters.prepare(
                        connection,
                        "select t.rollout_id, t.state, t.code, t.assignment, t.taken_back from rollouts_target t where t.gateway_id = ? order by"
                                + " (select r.created_at from rollouts_rollout r where r.id = t.rollout_id) desc,"
                                + " t.rollout_id for update",
                        List.of(gateway));
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                rows.add(new Row(
                        row.getString(1),
                        TargetState.valueOf(row.getString(2)),
                        row.getString(3),
                        row.getLong(4),
                        row.getLong(5) != 0));
            }
        }
        return rows;
    }

    /** Notes the wish. What waits is cancelled; should it be assigned in this moment all the same, it is wanted back then. */
    static void want(Connection connection, Row row, String gateway, Instant now) throws SQLException {
        Parameters.update(
                connection,
                "update rollouts_target set taken_back = ? where rollout_id = ? and gateway_id = ? and taken_back = 0",
                WANTED,
                row.rollout(),
                gateway);
        Parameters.update(
                connection,
                "update rollouts_target set state = 'CANCELLED', code = ?, detail = '', settled_at = ? where rollout_id = ?"
                        + " and gateway_id = ? and state = 'WAITING'",
                RolloutCode.TAKEN_BACK.name(),
                now.toEpochMilli(),
                row.rollout(),
                gateway);
    }

    /** Whether there is anything for {@link #claim}; asking does not keep writers waiting. */
    static boolean isAnyWanted(Connection connection) throws SQLException {
        try (PreparedStatement statement = Parameters.prepare(
                        connection, "select 1 from rollouts_target t where" + UNSIGNED + " limit 1", List.of());
                ResultSet row = statement.executeQuery()) {
            return row.next();
        }
    }

    /**
     * Takes what nobody else is about to sign. What was assigned to the same gateway since then stands instead of it, and is
     * not made void; nor is what somebody may be about to sign for it, which has no number here yet.
     */
    static List<Void> claim(Connection connection, Instant now, Instant until) throws SQLException {
        List<Void> claimed = new ArrayList<>();
        try (PreparedStatement statement = Parameters.prepare(
                        connection,
                        "select t.rollout_id, t.gateway_id, t.assignment from rollouts_target t where" + UNSIGNED
                                + " and t.claimed_until <= ? and not exists (select 1 from rollouts_target o"
                                + " where o.gateway_id = t.gateway_id and o.rollout_id <> t.rollout_id"
                                + " and o.assignment > t.assignment and o.taken_back = 0"
                                + " and (o.state in ('ASSIGNED', 'IN_PROGRESS', 'SILENT') or " + TargetRows.took("o")
                                + "))"
                                + " and not exists (select 1 from rollouts_target w where w.gateway_id = t.gateway_id"
                                + " and w.rollout_id <> t.rollout_id and w.taken_back = 0"
                                + " and w.state in ('WAITING', 'CANCELLED') and w.claimed_until > ?)"
                                + " order by t.assignment limit 500 for update skip locked",
                        List.of(now.toEpochMilli(), now.toEpochMilli()));
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                claimed.add(new Void(row.getString(1), row.getString(2), row.getLong(3)));
            }
        }
        Parameters.batch(
                connection,
                "update rollouts_target set claimed_until = ? where rollout_id = ? and gateway_id = ?",
                claimed.stream()
                        .<List<?>>map(one -> List.of(until.toEpochMilli(), one.rollout(), one.gateway()))
                        .toList());
        return claimed;
    }

    /** Notes the version that takes it back. */
    static int signed(Connection connection, Void wanted, long version) throws SQLException {
        return Parameters.update(
                connection,
                "update rollouts_target set taken_back = ?, claimed_until = 0 where rollout_id = ? and gateway_id = ?"
                        + " and taken_back = ?",
                version,
                wanted.rollout(),
                wanted.gateway(),
                WANTED);
    }

    /**
     * Whoever was slow to sign may have made void what somebody ordered after it: that is assigned anew, with a larger number,
     * as long as its rollout goes on. What the gateway had confirmed by then stays.
     *
     * @return how many
     */
    static int anew(Connection connection, Void wanted, long version) throws SQLException {
        return Parameters.update(
                connection,
                "update rollouts_target set state = 'WAITING', code = '', detail = ?, claimed_until = 0 where gateway_id = ?"
                        + " and rollout_id <> ? and taken_back = 0 and assignment > ? and assignment < ?"
                        + " and state in ('ASSIGNED', 'IN_PROGRESS') and exists (select 1 from rollouts_rollout r"
                        + " where r.id = rollouts_target.rollout_id and r.state not in ('STOPPED', 'DONE'))",
                "made anew, since " + version + " took it back with what was before it",
                wanted.gateway(),
                wanted.rollout(),
                wanted.from(),
                version);
    }

    /** Where a gateway stands, the newest rollout first. */
    static List<Standing> standing(Connection connection, String gateway) throws SQLException {
        List<Standing> found = new ArrayList<>();
        try (PreparedStatement statement = Parameters.prepare(
                        connection,
                        "select " + TargetRows.SHOWN + ", rollout_id, (select r.name from rollouts_rollout r"
                                + " where r.id = t.rollout_id) from rollouts_target t where gateway_id = ? order by"
                                + " (select r.created_at from rollouts_rollout r where r.id = t.rollout_id) desc,"
                                + " rollout_id limit ?",
                        List.of(gateway, Rollouts.MAX_STANDINGS));
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                found.add(new Standing(row.getString(13), row.getString(14), TargetRows.target(row)));
            }
        }
        return found;
    }
}
