package io.sekimori.rollouts.waves;

import io.sekimori.rollouts.BundleChange;
import io.sekimori.rollouts.RolloutCode;
import io.sekimori.rollouts.Target;
import io.sekimori.rollouts.TargetState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The rows of targets, one for each gateway of a rollout, until they are assigned; {@link OpenTargets} has what follows. Times are milliseconds since 1970, 0 for never. Stateless.
 */
final class TargetRows {

    /** The columns of what is shown of a target. */
    static final String SHOWN =
            "gateway_id, place, wave, state, code, detail, assignment, assigned_at, settled_at, late,"
                    + " progress, taken_back";

    /** How long a claim on what is taken back only keeps from trying again. */
    private static final long PACE = Clockwork.CLAIM.minus(Clockwork.SIGNING).toMillis();

    private TargetRows() {}

    /** One to be added. */
    record NewTarget(String gateway, int wave, List<BundleChange> changes) {}

    /** One that was claimed, and what is to be changed on it. */
    record Claimed(String gateway, List<BundleChange> changes) {}

    /** What was assigned. */
    record Assigned(String gateway, long assignment, String base, String wanted, List<BundleChange> former) {}

    static void add(Connection connection, String rollout, List<NewTarget> targets) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "insert into rollouts_target (rollout_id, gateway_id, place, wave, state, code, detail, changes, former,"
                        + " assignment, base, wanted, tries, claimed_until, assigned_at, silent_at, settled_at, late,"
                        + " progress) values (?, ?, ?, ?, 'WAITING', '', '', ?, '', 0, '', '', 0, 0, 0, 0, 0, false, '')")) {
            for (int i = 0; i < targets.size(); i++) {
                NewTarget target = targets.get(i);
                statement.setString(1, rollout);
                statement.setString(2, target.gateway());
                statement.setInt(3, i + 1);
                statement.setInt(4, target.wave());
                statement.setString(5, target.changes().isEmpty() ? "" : ChangesText.write(target.changes()));
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    static List<Target> page(
            Connection connection, String rollout, Optional<TargetState> state, OptionalInt after, int limit)
            throws SQLException {
        List<Object> values = new ArrayList<>(List.of(rollout, after.orElse(0)));
        String only = "";
        if (state.isPresent()) {
            only = " and state = ?";
            values.add(state.get().name());
        }
        values.add(limit);
        List<Target> targets = new ArrayList<>();
        try (PreparedStatement statement = Parameters.prepare(
                        connection,
                        "select " + SHOWN + " from rollouts_target where rollout_id = ? and place > ?" + only
                                + " order by place limit ?",
                        values);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                targets.add(target(row));
            }
        }
        return targets;
    }

    /** The row that {@link #SHOWN} selected. */
    static Target target(ResultSet row) throws SQLException {
        return new Target(
                row.getString(1),
                row.getInt(2),
                row.getInt(3),
                TargetState.valueOf(row.getString(4)),
                row.getString(5),
                row.getString(6),
                row.getLong(7),
                moment(row.getLong(8)),
                moment(row.getLong(9)),
                row.getBoolean(10),
                row.getString(11),
                row.getLong(12) != 0);
    }

    /** Whether there may be anything for {@link #claim} to take; asking does not keep writers waiting. */
    static boolean isAnyWaiting(Connection connection, String rollout, int wave) throws SQLException {
        try (PreparedStatement statement = Parameters.prepare(
                        connection,
                        "select 1 from rollouts_target where rollout_id = ? and wave <= ? and state = 'WAITING' limit 1",
                        List.of(rollout, wave));
                ResultSet row = statement.executeQuery()) {
            return row.next();
        }
    }

    /**
     * Takes up to {@code limit} waiting targets of the open waves that nobody else has and that no other rollout is at,
     * and keeps them from others until {@code until}. A rollout that has ended is not at it, unless its target
     * is being taken back: the gateway is to hear that first. Nor is an earlier one whose target waits by its own policy:
     * that may go on for ever. A later one that waits is not overtaken. Where anything else is just being signed for a
     * gateway, be it what takes back, this waits until that has its number: the later order is to have the larger one.
     */
    static List<Claimed> claim(
            Connection connection, String rollout, String rollsBack, int wave, Instant now, Instant until, int limit)
            throws SQLException {
        List<Claimed> claimed = new ArrayList<>();
        try (PreparedStatement statement = Parameters.prepare(
                        connection,
                        "select gateway_id, changes from rollouts_target t where rollout_id = ? and wave <= ?"
                                + " and state = 'WAITING' and claimed_until <= ? and not exists (select 1 from"
                                + " rollouts_target o where o.gateway_id = t.gateway_id and o.rollout_id <> t.rollout_id"
                                + " and o.rollout_id <> ? and o.state in ('ASSIGNED', 'IN_PROGRESS')"
                                + " and exists (select 1 from rollouts_rollout r, rollouts_rollout m where"
                                + " r.id = o.rollout_id and m.id = t.rollout_id"
                                + " and (r.state not in ('STOPPED', 'DONE') or o.taken_back <> 0) and (o.code = '' or r.created_at > m.created_at)))"
                                + " and not exists (select 1 from rollouts_target s where s.gateway_id = t.gateway_id"
                                + " and s.rollout_id <> t.rollout_id and s.claimed_until"
                                + " - case when s.taken_back = -1 then " + PACE + " else 0 end > ?)"
                                + " order by place limit ? for update skip locked",
                        List.of(rollout, wave, now.toEpochMilli(), rollsBack, now.toEpochMilli(), limit));
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                String changes = row.getString(2);
                claimed.add(new Claimed(row.getString(1), changes.isEmpty() ? List.of() : ChangesText.read(changes)));
            }
        }
        List<List<?>> rows = claimed.stream()
                .<List<?>>map(target -> List.of(until.toEpochMilli(), rollout, target.gateway()))
                .toList();
        Parameters.batch(
                connection,
                "update rollouts_target set claimed_until = ? where rollout_id = ? and gateway_id = ?",
                rows);
        return claimed;
    }

    /** Records assignments. One that was cancelled in between is assigned all the same: the gateway will take it. */
    static void assigned(
            Connection connection, String rollout, List<Assigned> targets, Instant now, Duration silentAfter)
            throws SQLException {
        List<List<?>> assigned = new ArrayList<>();
        List<List<?>> overtaken = new ArrayList<>();
        for (Assigned target : targets) {
            assigned.add(List.of(
                    target.assignment(),
                    target.base(),
                    target.wanted(),
                    ChangesText.write(target.former()),
                    now.toEpochMilli(),
                    now.plus(silentAfter).toEpochMilli(),
                    rollout,
                    target.gateway()));
            overtaken.add(
                    List.of(RolloutCode.SUPERSEDED.name(), rollout, now.toEpochMilli(), target.gateway(), rollout));
        }
        Parameters.batch(
                connection,
                "update rollouts_target set state = 'ASSIGNED', code = '', detail = '', assignment = ?, base = ?,"
                        + " wanted = ?, former = case when former = '' then ? else former end, tries = tries + 1,"
                        + " claimed_until = 0, assigned_at = ?, silent_at = ?, settled_at = 0, progress = ''"
                        + " where rollout_id = ? and gateway_id = ? and state in ('WAITING', 'CANCELLED')",
                assigned);
        Parameters.batch(
                connection,
                "update rollouts_target set state = 'CANCELLED', code = ?, detail = ?, settled_at = ?"
                        + " where gateway_id = ? and rollout_id <> ? and state in ('ASSIGNED', 'IN_PROGRESS')",
                overtaken);
    }

    /** Settles a waiting target that gets no assignment. */
    static void settle(Connection connection, String rollout, String gateway, Proof.Move move, Instant now)
            throws SQLException {
        Parameters.update(
                connection,
                "update rollouts_target set state = ?, code = ?, detail = ?, settled_at = ?, claimed_until = 0"
                        + " where rollout_id = ? and gateway_id = ? and state = 'WAITING'",
                move.to().name(),
                move.code(),
                move.detail(),
                now.toEpochMilli(),
                rollout,
                gateway);
    }

    static void cancelWaiting(Connection connection, String rollout, Instant now) throws SQLException {
        Parameters.update(
                connection,
                "update rollouts_target set state = 'CANCELLED', settled_at = ? where rollout_id = ?"
                        + " and state = 'WAITING'",
                now.toEpochMilli(),
                rollout);
    }

    /** What {@link Proof#took} says, of the rows that are called so. */
    static String took(String rows) {
        return "(%1$s.state = 'CONFIRMED' or %1$s.state = 'FAILED' and %1$s.code = '%2$s')"
                .formatted(rows, RolloutCode.NOT_AS_SIGNED);
    }

    /** Those who took an assignment or may take it yet, with what would undo it. */
    static List<NewTarget> undoing(Connection connection, String rollout) throws SQLException {
        List<NewTarget> targets = new ArrayList<>();
        try (PreparedStatement statement = Parameters.prepare(
                        connection,
                        "select gateway_id, former from rollouts_target t where rollout_id = ? and assignment > 0"
                                + " and (t.state in ('ASSIGNED', 'IN_PROGRESS', 'SILENT') or " + took("t")
                                + ") order by place",
                        List.of(rollout));
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                targets.add(new NewTarget(row.getString(1), 1, ChangesText.read(row.getString(2))));
            }
        }
        return targets;
    }

    private static Optional<Instant> moment(long millis) {
        return millis == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }
}
