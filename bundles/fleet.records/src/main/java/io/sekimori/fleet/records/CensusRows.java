package io.sekimori.fleet.records;

import io.sekimori.fleet.Census;
import io.sekimori.fleet.Census.Count;
import io.sekimori.fleet.Census.Parts;
import io.sekimori.fleet.RunningBundle;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What many gateways run, counted by the database: what comes from there grows with versions, not with gateways. Stateless. */
final class CensusRows {

    // What they start with is not known of a report that a console of before kept, until the next one.
    private static final String TOLD = "select asked.id from " + Asked.TABLE
            + " join fleet_report r on r.gateway_id = asked.id left join fleet_contact c on c.gateway_id = asked.id"
            + " where r.generation > 0 and char_length(r.slot) > 0 and (r.received_at >= ? or c.last_heard >= ?)";
    private static final String BUNDLES = "select b.symbolic_name, b.version, b.sha256, count(*) from " + Asked.TABLE
            + " join fleet_bundle b on b.gateway_id = asked.id group by b.symbolic_name, b.version, b.sha256";
    // One gateway may run several versions, and is one gateway all the same.
    private static final String HAVING = "select b.symbolic_name, count(distinct b.gateway_id) from " + Asked.TABLE
            + " join fleet_bundle b on b.gateway_id = asked.id group by b.symbolic_name";
    private static final String SLOTS = "select r.slot, count(*) from " + Asked.TABLE
            + " join fleet_report r on r.gateway_id = asked.id group by r.slot";

    private CensusRows() {}

    static Census of(Connection connection, Collection<String> ids, Instant since) throws SQLException {
        List<String> told = told(connection, ids, since.toEpochMilli());
        Set<String> unknown = new TreeSet<>(ids);
        unknown.removeAll(Set.copyOf(told));
        return new Census(told.size(), List.copyOf(unknown), bundles(connection, told), slots(connection, told));
    }

    private static List<String> told(Connection connection, Collection<String> ids, long since) throws SQLException {
        List<String> told = new ArrayList<>();
        try (PreparedStatement statement =
                        Parameters.prepare(connection, TOLD, List.of(Asked.ids(connection, ids), since, since));
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                told.add(row.getString(1));
            }
        }
        return told;
    }

    private static Parts bundles(Connection connection, Collection<String> ids) throws SQLException {
        List<Count> counts = new ArrayList<>();
        try (PreparedStatement statement =
                        Parameters.prepare(connection, BUNDLES, List.of(Asked.ids(connection, ids)));
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                counts.add(new Count(
                        new RunningBundle(row.getString(1), row.getString(2), row.getString(3)), row.getInt(4)));
            }
        }
        return new Parts(counts, having(connection, ids));
    }

    private static Map<String, Integer> having(Connection connection, Collection<String> ids) throws SQLException {
        Map<String, Integer> having = new HashMap<>();
        try (PreparedStatement statement = Parameters.prepare(connection, HAVING, List.of(Asked.ids(connection, ids)));
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                having.put(row.getString(1), row.getInt(2));
            }
        }
        return having;
    }

    private static Parts slots(Connection connection, Collection<String> ids) throws SQLException {
        Map<RunningBundle, Integer> counts = new LinkedHashMap<>();
        Map<String, Integer> having = new HashMap<>();
        try (PreparedStatement statement = Parameters.prepare(connection, SLOTS, List.of(Asked.ids(connection, ids)));
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                int gateways = row.getInt(2);
                List<RunningBundle> slot = SlotText.read(row.getString(1));
                slot.stream().distinct().forEach(part -> counts.merge(part, gateways, Integer::sum));
                slot.stream()
                        .map(RunningBundle::symbolicName)
                        .distinct()
                        .forEach(name -> having.merge(name, gateways, Integer::sum));
            }
        }
        List<Count> parts = new ArrayList<>();
        counts.forEach((part, gateways) -> parts.add(new Count(part, gateways)));
        return new Parts(parts, having);
    }
}
