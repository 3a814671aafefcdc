package io.sekimori.fleet.records;

import io.sekimori.fleet.RunningBundle;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What gateways have several of, by their ids: one statement for all gateways; who has none is left out. Stateless. */
final class GatewayDetails {

    private GatewayDetails() {}

    static Map<String, Set<String>> labels(Connection connection, Collection<String> ids) throws SQLException {
        Map<String, Set<String>> labels = new HashMap<>();
        each(
                connection,
                "select gateway_id, label from " + Asked.TABLE
                        + " join fleet_label on gateway_id = asked.id order by 1, 2",
                ids,
                row -> labels.computeIfAbsent(row.getString(1), id -> new TreeSet<>())
                        .add(row.getString(2)));
        return labels;
    }

    static Map<String, List<RunningBundle>> bundles(Connection connection, Collection<String> ids) throws SQLException {
        Map<String, List<RunningBundle>> bundles = new HashMap<>();
        each(
                connection,
                "select gateway_id, symbolic_name, version, sha256 from " + Asked.TABLE
                        + " join fleet_bundle on gateway_id = asked.id order by 1, 2",
                ids,
                row -> bundles.computeIfAbsent(row.getString(1), id -> new ArrayList<>())
                        .add(new RunningBundle(row.getString(2), row.getString(3), row.getString(4))));
        return bundles;
    }

    private interface Taking {
        void take(ResultSet row) throws SQLException;
    }

    private static void each(Connection connection, String select, Collection<String> ids, Taking taking)
            throws SQLException {
        if (ids.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = Parameters.prepare(connection, select, List.of(Asked.ids(connection, ids)));
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                taking.take(row);
            }
        }
    }
}
