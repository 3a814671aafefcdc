package io.sekimori.rollouts.waves;

import io.sekimori.rollouts.Counts;
import io.sekimori.rollouts.TargetState;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The waves of rollouts, and what people bear of each so that it does not stop the rollout again. Stateless. */
final class WaveRows {

    private WaveRows() {}

    /** What is borne of each wave, in order. */
    static List<Counts> borne(Connection connection, String id) throws SQLException {
        List<Counts> borne = new ArrayList<>();
        try (PreparedStatement statement = Parameters.prepare(
                        connection,
                        "select borne_failed, borne_reverted, borne_refused, borne_silent from rollouts_wave"
                                + " where rollout_id = ? order by wave",
                        List.of(id));
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                borne.add(new Counts(Map.of(
                        TargetState.FAILED, row.getInt(1),
                        TargetState.REVERTED, row.getInt(2),
                        TargetState.REFUSED, row.getInt(3),
                        TargetState.SILENT, row.getInt(4))));
            }
        }
        return borne;
    }

    static void add(Connection connection, String id, int wave) throws SQLException {
        Parameters.update(connection, "insert into rollouts_wave values (?, ?, 0, 0, 0, 0)", id, wave);
    }

    /** Has a person bear what a wave has shown. */
    static void bear(Connection connection, String id, int wave, Counts counts) throws SQLException {
        Parameters.update(
                connection,
                "update rollouts_wave set borne_failed = ?, borne_reverted = ?, borne_refused = ?, borne_silent = ?"
                        + " where rollout_id = ? and wave = ?",
                counts.get(TargetState.FAILED),
                counts.get(TargetState.REVERTED),
                counts.get(TargetState.REFUSED),
                counts.get(TargetState.SILENT),
                id,
                wave);
    }
}
