package io.sekimori.tuning.records;

import io.sekimori.tuning.Tuned;
import io.sekimori.tuning.Tuned.State;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The table of changes. Confined to one transaction. */
final class Rows {

    private static final String SELECT =
            "select id, gateway_id, state, code, detail, person, reason, changes, at_millis, silent_millis"
                    + " from tuning_change ";

    /** How long after the end of its trial a change of which nothing is heard counts as silent. */
    private static final Duration SILENT_AFTER = Duration.ofMinutes(2);

    private final Connection connection;

    Rows(Connection connection) {
        this.connection = connection;
    }

    /** A change, and from when on it counts as silent. */
    record Row(Tuned tuned, Instant silent) {}

    /** The next counter of a gateway: above all before, and not below the clock, so that a restored console goes on. */
    long next(String gateway, Instant now) throws SQLException {
        try (PreparedStatement statement =
                prepare("select max(counter) from tuning_change where gateway_id = ?", gateway)) {
            try (ResultSet row = statement.executeQuery()) {
                long before = row.next() ? row.getLong(1) : 0;
                return Math.max(before + 1, now.toEpochMilli());
            }
        }
    }

    /** Notes that a mandate with this counter was signed in the matter of a change. */
    void count(String id, long counter) throws SQLException {
        update("update tuning_change set counter = ? where id = ?", counter, id);
    }

    void add(Tuned tuned, long counter) throws SQLException {
        update(
                "insert into tuning_change (id, gateway_id, counter, state, code, detail, person, reason, changes,"
                        + " at_millis, silent_millis) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                tuned.id(),
                tuned.gateway(),
                counter,
                tuned.state().name(),
                tuned.code(),
                tuned.detail(),
                tuned.person(),
                tuned.reason(),
                tuned.changes(),
                tuned.at().toEpochMilli(),
                tuned.trialEnds().plus(SILENT_AFTER).toEpochMilli());
    }

    /** Moves a change on, if it stands where it was thought to. */
    boolean move(Tuned tuned, State next, String code, String detail, Instant now) throws SQLException {
        return update(
                        "update tuning_change set state = ?, code = ?, detail = ?, at_millis = ? where id = ? and state = ?",
                        next.name(),
                        code,
                        detail.length() > 1_000 ? detail.substring(0, 1_000) : detail,
                        now.toEpochMilli(),
                        tuned.id(),
                        tuned.state().name())
                == 1;
    }

    Optional<Tuned> get(String gateway, String id) throws SQLException {
        return rows(prepare(SELECT + "where gateway_id = ? and id = ?", gateway, id)).stream()
                .map(Row::tuned)
                .findFirst();
    }

    List<Tuned> page(String gateway, String before, int limit) throws SQLException {
        return rows(prepare(
                        SELECT + "where gateway_id = ? and id < ? order by id desc limit " + limit, gateway, before))
                .stream()
                .map(Row::tuned)
                .toList();
    }

    /** Those that may still change and are not older than {@code since}. */
    List<Row> open(Instant since) throws SQLException {
        return rows(prepare(
                SELECT + "where state in ('SENT', 'TAKEN', 'ON_TRIAL', 'SILENT') and silent_millis > ?"
                        + " order by id limit 1000",
                since.toEpochMilli()));
    }

    private static List<Row> rows(PreparedStatement prepared) throws SQLException {
        List<Row> rows = new ArrayList<>();
        try (PreparedStatement statement = prepared;
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                Instant silent = Instant.ofEpochMilli(row.getLong(10));
                rows.add(new Row(
                        new Tuned(
                                row.getString(1),
                                row.getString(2),
                                State.valueOf(row.getString(3)),
                                row.getString(4),
                                row.getString(5),
                                row.getString(6),
                                row.getString(7),
                                row.getString(8),
                                Instant.ofEpochMilli(row.getLong(9)),
                                silent.minus(SILENT_AFTER)),
                        silent));
            }
        }
        return rows;
    }

    private int update(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = prepare(sql, values)) {
            return statement.executeUpdate();
        }
    }

    private PreparedStatement prepare(String sql, Object... values) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }
}
