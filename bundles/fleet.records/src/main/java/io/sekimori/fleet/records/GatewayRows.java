package io.sekimori.fleet.records;

import io.sekimori.fleet.Filter;
import io.sekimori.fleet.Gateway;
import io.sekimori.fleet.Life;
import io.sekimori.fleet.RunningBundle;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads gateways from their tables; {@link GatewayDetails} has their labels and bundles. Stateless. */
final class GatewayRows {

    private static final String FROM = " from fleet_gateway g left join fleet_contact c on c.gateway_id = g.id";
    private static final String COLUMNS = "select g.id, g.serial, g.model, g.life, g.device_key, g.registered_at,"
            + " g.revision, c.connected, c.last_heard, c.birth, r.sequence, r.made_at, r.received_at, r.nonce,"
            + " r.generation, r.confirmed, r.assignment, r.accepted, r.findings, r.transition_id,"
            + " r.transition_from, r.transition_to, r.transition_assignment, r.transition_outcome, r.transition_code, r.transition_detail,"
            + " r.transition_by, r.transition_ended, r.transition_stale, r.attacks, r.below_floor, r.slot,"
            + " case when r.slot is null then r.signed end as unread, coalesce(d.dropped, 0) as dropped";
    private static final String REPORTED =
            " left join fleet_report r on r.gateway_id = g.id left join fleet_drop d on d.gateway_id = g.id ";
    private static final String SELECT = COLUMNS + FROM + REPORTED;
    private static final String SELECT_ASKED = COLUMNS + " from " + Asked.TABLE
            + " join fleet_gateway g on g.id = asked.id left join fleet_contact c on c.gateway_id = g.id" + REPORTED;

    private static final Comparator<RunningBundle> BY_NAME =
            Comparator.comparing(RunningBundle::symbolicName).thenComparing(RunningBundle::version);

    private GatewayRows() {}

    static Optional<Gateway> one(Connection connection, String id) throws SQLException {
        return all(connection, List.of(id)).stream().findFirst();
    }

    /** As {@link #one}, without its labels and bundles: what its own row and its report's say. */
    static Optional<Gateway> bare(Connection connection, String id) throws SQLException {
        return bare(connection, SELECT + "where g.id = ?", List.of(id)).values().stream()
                .findFirst();
    }

    /** As {@link #one}, right after a report of it was kept, whose bundles these are. */
    static Optional<Gateway> reported(Connection connection, String id, List<RunningBundle> bundles)
            throws SQLException {
        Optional<Gateway> bare = bare(connection, id);
        return bare.isPresent()
                ? Optional.of(whole(
                        bare.get(),
                        GatewayDetails.labels(connection, List.of(id)).getOrDefault(id, Set.of()),
                        bundles.stream().distinct().sorted(BY_NAME).toList()))
                : bare;
    }

    /** The ids of up to {@code most} that match, in the order of their serial numbers. */
    static List<String> ids(Connection connection, Filter filter, int most) throws SQLException {
        PageQuery query = PageQuery.of(filter, Optional.empty());
        List<Object> values = new ArrayList<>(query.values());
        values.add(most);
        List<String> ids = new ArrayList<>();
        String sql = "select g.id" + FROM + " " + query.where() + " order by g.serial limit ?";
        try (PreparedStatement statement = Parameters.prepare(connection, sql, values);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                ids.add(row.getString(1));
            }
        }
        return ids;
    }

    static List<Gateway> all(Connection connection, Collection<String> ids) throws SQLException {
        return read(connection, SELECT_ASKED, List.of(Asked.ids(connection, ids)));
    }

    /** As {@link #all}, without their labels and bundles. */
    static List<Gateway> bare(Connection connection, Collection<String> ids) throws SQLException {
        return List.copyOf(bare(connection, SELECT_ASKED, List.of(Asked.ids(connection, ids)))
                .values());
    }

    static List<Gateway> page(Connection connection, Filter filter, Optional<String> after, int limit)
            throws SQLException {
        PageQuery query = PageQuery.of(filter, after);
        List<Object> values = new ArrayList<>(query.values());
        values.add(limit);
        return read(connection, SELECT + query.where() + " order by g.serial limit ?", values);
    }

    static long count(Connection connection, Filter filter) throws SQLException {
        PageQuery query = PageQuery.of(filter, Optional.empty());
        try (PreparedStatement statement =
                        Parameters.prepare(connection, "select count(*)" + FROM + " " + query.where(), query.values());
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    private static List<Gateway> read(Connection connection, String sql, List<?> values) throws SQLException {
        Map<String, Gateway> bare = bare(connection, sql, values);
        Map<String, Set<String>> labels = GatewayDetails.labels(connection, bare.keySet());
        Map<String, List<RunningBundle>> bundles = GatewayDetails.bundles(connection, bare.keySet());
        return bare.values().stream()
                .map(gateway -> whole(
                        gateway,
                        labels.getOrDefault(gateway.id(), Set.of()),
                        bundles.getOrDefault(gateway.id(), List.of())))
                .toList();
    }

    private static Map<String, Gateway> bare(Connection connection, String sql, List<?> values) throws SQLException {
        Map<String, Gateway> bare = new LinkedHashMap<>();
        try (PreparedStatement statement = Parameters.prepare(connection, sql, values);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                bare.put(row.getString("id"), gateway(row));
            }
        }
        return bare;
    }

    private static Gateway gateway(ResultSet row) throws SQLException {
        Optional<Instant> received = moment(row, "received_at");
        return new Gateway(
                row.getString("id"),
                row.getString("serial"),
                row.getString("model"),
                Life.valueOf(row.getString("life")),
                Optional.ofNullable(row.getString("device_key")),
                Set.of(),
                contact(row),
                received.isPresent() ? Optional.of(ReportRows.report(row)) : Optional.empty(),
                received,
                row.getLong("dropped"),
                Instant.ofEpochMilli(row.getLong("registered_at")),
                row.getLong("revision"));
    }

    private static Gateway.Contact contact(ResultSet row) throws SQLException {
        Optional<Instant> heard = moment(row, "last_heard");
        return heard.isEmpty()
                ? Gateway.Contact.NONE
                : new Gateway.Contact(row.getBoolean("connected"), heard, BirthText.read(row.getString("birth")));
    }

    private static Gateway whole(Gateway bare, Set<String> labels, List<RunningBundle> bundles) {
        return new Gateway(
                bare.id(),
                bare.serial(),
                bare.model(),
                bare.life(),
                bare.deviceKey(),
                labels,
                bare.contact(),
                bare.report().map(report -> ReportRows.with(report, bundles)),
                bare.reported(),
                bare.dropped(),
                bare.registered(),
                bare.revision());
    }

    private static Optional<Instant> moment(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }
}
