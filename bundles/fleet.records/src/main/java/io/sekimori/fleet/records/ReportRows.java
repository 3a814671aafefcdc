package io.sekimori.fleet.records;

import io.sekimori.fleet.DeviceReport;
import io.sekimori.fleet.RunningBundle;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The newest verified report of each gateway. Stateless. */
final class ReportRows {

    private ReportRows() {}

    /** What is kept of a report besides what it says. */
    record Kept(long sequence, SeenSequences seen) {}

    /** The newest one of a gateway, locked until the transaction ends. */
    static Optional<Kept> locked(Connection connection, String id) throws SQLException {
        try (PreparedStatement statement = Parameters.prepare(
                        connection,
                        "select sequence, seen from fleet_report where gateway_id = ? for update",
                        List.of(id));
                ResultSet row = statement.executeQuery()) {
            return row.next()
                    ? Optional.of(new Kept(row.getLong(1), new SeenSequences(row.getLong(2))))
                    : Optional.empty();
        }
    }

    static Map<String, String> signed(Connection connection, Set<String> ids) throws SQLException {
        Map<String, String> found = new HashMap<>();
        String sql = "select gateway_id, signed from " + Asked.TABLE + " join fleet_report on gateway_id = asked.id";
        try (PreparedStatement statement = Parameters.prepare(connection, sql, List.of(Asked.ids(connection, ids)));
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                found.put(row.getString(1), row.getString(2));
            }
        }
        return found;
    }

    static void forget(Connection connection, String id) throws SQLException {
        Parameters.update(connection, "delete from fleet_bundle where gateway_id = ?", id);
        Parameters.update(connection, "delete from fleet_report where gateway_id = ?", id);
    }

    /** Notes that an older one came, late. */
    static void note(Connection connection, String id, SeenSequences seen) throws SQLException {
        Parameters.update(connection, "update fleet_report set seen = ? where gateway_id = ?", seen.bits(), id);
    }

    /** Puts a report in the place of the one before. */
    static void put(
            Connection connection, String id, DeviceReport report, SeenSequences seen, String signed, Instant received)
            throws SQLException {
        DeviceReport.Transition last = report.transition()
                .orElse(new DeviceReport.Transition(
                        "", 0, 0, 0, DeviceReport.Outcome.CONFIRMED, "", "", "", Instant.EPOCH, Optional.empty()));
        Parameters.update(connection, "delete from fleet_report where gateway_id = ?", id);
        Parameters.update(
                connection,
                "insert into fleet_report (gateway_id, sequence, seen, made_at, received_at, nonce, generation, confirmed,"
                        + " assignment, accepted, findings, transition_id, transition_from, transition_to,"
                        + " transition_assignment, transition_outcome, transition_code, transition_detail,"
                        + " transition_by, transition_ended, signed, transition_stale, attacks, below_floor, slot)"
                        + " values ("
                        + Parameters.marks(25)
                        + ")",
                id,
                report.sequence(),
                seen.bits(),
                report.made().toEpochMilli(),
                received.toEpochMilli(),
                report.nonce(),
                report.generation(),
                report.confirmed(),
                report.assignment(),
                report.accepted(),
                String.join("\n", report.findings()),
                last.id(),
                last.from(),
                last.to(),
                last.assignment(),
                report.transition().isPresent() ? last.outcome().name() : "",
                last.code(),
                last.detail(),
                last.by(),
                last.ended().toEpochMilli(),
                signed,
                last.offlineStale().map(Instant::toEpochMilli).orElse(0L),
                report.noted().attacks(),
                String.join("\n", report.noted().belowFloor()),
                SlotText.write(report.slot()));
        bundles(connection, id, report.bundles());
    }

    static DeviceReport report(ResultSet row) throws SQLException {
        String outcome = row.getString("transition_outcome");
        return new DeviceReport(
                row.getLong("sequence"),
                Instant.ofEpochMilli(row.getLong("made_at")),
                row.getString("nonce"),
                row.getInt("generation"),
                row.getBoolean("confirmed"),
                row.getLong("assignment"),
                row.getLong("accepted"),
                List.of(),
                slot(row),
                row.getString("findings").lines().toList(),
                outcome.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new DeviceReport.Transition(
                                row.getString("transition_id"),
                                row.getInt("transition_from"),
                                row.getInt("transition_to"),
                                row.getLong("transition_assignment"),
                                DeviceReport.Outcome.valueOf(outcome),
                                row.getString("transition_code"),
                                row.getString("transition_detail"),
                                row.getString("transition_by"),
                                Instant.ofEpochMilli(row.getLong("transition_ended")),
                                Optional.of(row.getLong("transition_stale"))
                                        .filter(since -> since != 0)
                                        .map(Instant::ofEpochMilli))),
                new DeviceReport.Noted(
                        row.getLong("attacks"),
                        row.getString("below_floor").lines().toList()));
    }

    // Consoles of before did not keep it, but what the gateway signed.
    private static List<RunningBundle> slot(ResultSet row) throws SQLException {
        String kept = row.getString("slot");
        return kept == null ? ReportReading.slot(row.getString("unread")) : SlotText.read(kept);
    }

    static DeviceReport with(DeviceReport report, List<RunningBundle> bundles) {
        return new DeviceReport(
                report.sequence(),
                report.made(),
                report.nonce(),
                report.generation(),
                report.confirmed(),
                report.assignment(),
                report.accepted(),
                bundles,
                report.slot(),
                report.findings(),
                report.transition(),
                report.noted());
    }

    // Most reports tell of the same bundles as the one before, so only what differs is written.
    private static void bundles(Connection connection, String id, List<RunningBundle> reported) throws SQLException {
        Set<RunningBundle> kept = new HashSet<>();
        try (PreparedStatement statement = Parameters.prepare(
                        connection,
                        "select symbolic_name, version, sha256 from fleet_bundle where gateway_id = ?",
                        List.of(id));
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                kept.add(new RunningBundle(row.getString(1), row.getString(2), row.getString(3)));
            }
        }
        Set<RunningBundle> now = new HashSet<>(reported);
        for (RunningBundle gone : kept) {
            if (!now.contains(gone)) {
                Parameters.update(
                        connection,
                        "delete from fleet_bundle where gateway_id = ? and symbolic_name = ? and version = ?",
                        id,
                        gone.symbolicName(),
                        gone.version());
            }
        }
        now.removeAll(kept);
        insert(connection, id, new ArrayList<>(now));
    }

    private static void insert(Connection connection, String id, List<RunningBundle> added) throws SQLException {
        if (added.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(
                "insert into fleet_bundle (gateway_id, symbolic_name, version, sha256) values (?, ?, ?, ?)")) {
            for (RunningBundle bundle : added) {
                statement.setString(1, id);
                statement.setString(2, bundle.symbolicName());
                statement.setString(3, bundle.version());
                statement.setString(4, bundle.sha256());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }
}
