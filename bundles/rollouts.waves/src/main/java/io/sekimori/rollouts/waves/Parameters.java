package io.sekimori.rollouts.waves;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;

/** Statements with their values. Stateless. */
final class Parameters {

    private Parameters() {}

    /** Prepares {@code sql} and sets {@code values} in order. */
    static PreparedStatement prepare(Connection connection, String sql, List<?> values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        try {
            for (int i = 0; i < values.size(); i++) {
                statement.setObject(i + 1, values.get(i));
            }
            return statement;
        } catch (SQLException e) {
            statement.close();
            throw e;
        }
    }

    /** Runs a statement that changes rows; how many it changed. */
    static int update(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(connection, sql, List.of(values))) {
            return statement.executeUpdate();
        }
    }

    /** Runs one statement for each list of values, sent together. */
    static void batch(Connection connection, String sql, List<List<?>> rows) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (List<?> row : rows) {
                for (int i = 0; i < row.size(); i++) {
                    statement.setObject(i + 1, row.get(i));
                }
                statement.addBatch();
            }
            if (!rows.isEmpty()) {
                statement.executeBatch();
            }
        }
    }

    /** {@code ?,?,?} for a list of {@code count} values. */
    static String marks(int count) {
        return String.join(",", Collections.nCopies(count, "?"));
    }
}
