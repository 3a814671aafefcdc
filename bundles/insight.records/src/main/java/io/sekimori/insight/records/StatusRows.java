package io.sekimori.insight.records;

import io.sekimori.insight.KeptStatus;
import io.sekimori.trust.JsonObject;
import io.sekimori.trust.JsonText;
import io.sekimori.trust.MalformedJson;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The table {@code insight_status}. Stateless. */
final class StatusRows {

    private static final String COLUMNS = "select gateway_id, sequence, made_at, received_at, members";

    private StatusRows() {}

    /** The newest first. */
    static List<KeptStatus> newest(Connection connection, String gateway, long before, int limit) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(COLUMNS
                + " from insight_status where gateway_id = ? and sequence < ? order by sequence desc limit ?")) {
            statement.setString(1, gateway);
            statement.setLong(2, before);
            statement.setInt(3, limit);
            List<KeptStatus> found = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    found.add(status(row));
                }
            }
            return found;
        }
    }

    static void add(Connection connection, KeptStatus status) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("insert into insight_status"
                + " (gateway_id, sequence, made_at, received_at, members) values (?, ?, ?, ?, ?)")) {
            statement.setString(1, status.gateway());
            statement.setLong(2, status.sequence());
            statement.setLong(3, status.at().toEpochMilli());
            statement.setLong(4, status.received().toEpochMilli());
            statement.setString(5, new String(JsonText.bytes(new TreeMap<>(status.members())), StandardCharsets.UTF_8));
            statement.executeUpdate();
        }
    }

    /** Leaves the newest {@code kept} of a gateway. */
    static void prune(Connection connection, String gateway, int kept) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "delete from insight_status where gateway_id = ? and sequence <= (select sequence from insight_status"
                        + " where gateway_id = ? order by sequence desc limit 1 offset ?)")) {
            statement.setString(1, gateway);
            statement.setString(2, gateway);
            statement.setInt(3, kept);
            statement.executeUpdate();
        }
    }

    private static KeptStatus status(ResultSet row) throws SQLException {
        try {
            JsonObject members = JsonObject.parse(row.getString("members").getBytes(StandardCharsets.UTF_8));
            return new KeptStatus(
                    row.getString("gateway_id"),
                    row.getLong("sequence"),
                    Instant.ofEpochMilli(row.getLong("made_at")),
                    Instant.ofEpochMilli(row.getLong("received_at")),
                    members.asMap());
        } catch (MalformedJson e) {
            throw new SQLException("a status in the records cannot be read", e);
        }
    }
}
