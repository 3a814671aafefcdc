package io.sekimori.rollouts.waves;

import io.sekimori.rollouts.Counts;
import io.sekimori.rollouts.Limits;
import io.sekimori.rollouts.Rollout;
import io.sekimori.rollouts.RolloutState;
import io.sekimori.rollouts.TargetState;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Rollouts and their counts, which are taken from the rows of the targets each time. Stateless. */
final class RolloutRows {

    private static final String COLUMNS = "id, name, state, reason, changes, filter, limit_failed, limit_reverted,"
            + " limit_refused, limit_silent, success, automatic, silent_after, wave, rolls_back, creator, created_at,"
            + " revision";
    private static final String SELECT = "select " + COLUMNS + " from rollouts_rollout ";

    private RolloutRows() {}

    static Optional<Rollout> one(Connection connection, String id) throws SQLException {
        return read(connection, SELECT + "where id = ?", List.of(id)).stream().findFirst();
    }

    /** As {@link #one}, and nobody else changes the row until the transaction ends. */
    static Optional<Rollout> locked(Connection connection, String id) throws SQLException {
        return read(connection, SELECT + "where id = ? for update", List.of(id)).stream()
                .findFirst();
    }

    static List<Rollout> page(Connection connection, Optional<String> after, int limit) throws SQLException {
        Optional<Rollout> last = after.isPresent() ? one(connection, after.get()) : Optional.empty();
        if (after.isPresent() && last.isEmpty()) {
            return List.of();
        }
        List<Object> values = new ArrayList<>();
        String where = "";
        if (last.isPresent()) {
            long created = last.get().created().toEpochMilli();
            where = "where created_at < ? or (created_at = ? and id < ?) ";
            values.addAll(List.of(created, created, last.get().id()));
        }
        values.add(limit);
        return read(connection, SELECT + where + "order by created_at desc, id desc limit ?", values);
    }

    static List<Rollout> running(Connection connection) throws SQLException {
        return read(
                connection, SELECT + "where state = ? order by created_at, id", List.of(RolloutState.RUNNING.name()));
    }

    static void add(Connection connection, Rollout rollout) throws SQLException {
        List<Object> values = new ArrayList<>(List.of(
                rollout.id(),
                rollout.name(),
                rollout.state().name(),
                rollout.reason(),
                ChangesText.write(rollout.changes()),
                rollout.filter().map(ChangesText::filter).orElse(""),
                rollout.limits().failed(),
                rollout.limits().reverted(),
                rollout.limits().refused(),
                rollout.limits().silent(),
                rollout.limits().success(),
                rollout.automatic(),
                rollout.silentAfter().toMillis(),
                rollout.wave(),
                rollout.rollsBack().orElse(""),
                rollout.creator(),
                rollout.created().toEpochMilli(),
                rollout.revision()));
        Parameters.update(
                connection,
                "insert into rollouts_rollout (" + COLUMNS + ") values (" + Parameters.marks(values.size()) + ")",
                values.toArray());
    }

    static void move(Connection connection, String id, RolloutState state, String reason, int wave)
            throws SQLException {
        Parameters.update(
                connection,
                "update rollouts_rollout set state = ?, reason = ?, wave = ?, revision = revision + 1 where id = ?",
                state.name(),
                reason,
                wave,
                id);
    }

    private static List<Rollout> read(Connection connection, String sql, List<?> values) throws SQLException {
        Map<String, Rollout> bare = new LinkedHashMap<>();
        try (PreparedStatement statement = Parameters.prepare(connection, sql, values);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                bare.put(row.getString("id"), rollout(row));
            }
        }
        Map<String, List<Counts>> counts = counts(connection, bare.keySet());
        return bare.values().stream()
                .map(rollout -> counted(rollout, counts.getOrDefault(rollout.id(), List.of())))
                .toList();
    }

    /** One statement over the targets, so that the counts of a moment add up. */
    private static Map<String, List<Counts>> counts(Connection connection, Collection<String> ids) throws SQLException {
        Map<String, TreeMap<Integer, EnumMap<TargetState, Integer>>> found = new HashMap<>();
        if (!ids.isEmpty()) {
            // Joined as a table: with "in (?,?,...)" H2 compares each target with every rollout.
            String sql = "select t.rollout_id, t.wave, t.state, count(*) from unnest(cast(? as varchar array)) as"
                    + " asked(id) join rollouts_target t on t.rollout_id = asked.id"
                    + " group by t.rollout_id, t.wave, t.state";
            Array asked = connection.createArrayOf("varchar", ids.toArray());
            try (PreparedStatement statement = Parameters.prepare(connection, sql, List.of(asked));
                    ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    found.computeIfAbsent(row.getString(1), id -> new TreeMap<>())
                            .computeIfAbsent(row.getInt(2), wave -> new EnumMap<>(TargetState.class))
                            .put(TargetState.valueOf(row.getString(3)), row.getInt(4));
                }
            }
        }
        Map<String, List<Counts>> counts = new HashMap<>();
        found.forEach((id, waves) ->
                counts.put(id, waves.values().stream().map(Counts::new).toList()));
        return counts;
    }

    private static Rollout rollout(ResultSet row) throws SQLException {
        return new Rollout(
                row.getString("id"),
                row.getString("name"),
                RolloutState.valueOf(row.getString("state")),
                row.getString("reason"),
                ChangesText.read(row.getString("changes")),
                Optional.of(row.getString("filter"))
                        .filter(text -> !text.isEmpty())
                        .map(ChangesText::filter),
                new Limits(
                        row.getInt("limit_failed"),
                        row.getInt("limit_reverted"),
                        row.getInt("limit_refused"),
                        row.getInt("limit_silent"),
                        row.getInt("success")),
                row.getBoolean("automatic"),
                Duration.ofMillis(row.getLong("silent_after")),
                row.getInt("wave"),
                List.of(),
                Optional.of(row.getString("rolls_back")).filter(text -> !text.isEmpty()),
                row.getString("creator"),
                Instant.ofEpochMilli(row.getLong("created_at")),
                row.getLong("revision"));
    }

    private static Rollout counted(Rollout bare, List<Counts> waves) {
        return new Rollout(
                bare.id(),
                bare.name(),
                bare.state(),
                bare.reason(),
                bare.changes(),
                bare.filter(),
                bare.limits(),
                bare.automatic(),
                bare.silentAfter(),
                bare.wave(),
                waves,
                bare.rollsBack(),
                bare.creator(),
                bare.created(),
                bare.revision());
    }
}
