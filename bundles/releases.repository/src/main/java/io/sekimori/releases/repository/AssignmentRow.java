package io.sekimori.releases.repository;

import io.sekimori.releases.CurrentAssignment;
import io.sekimori.trust.ApprovedContent;
import io.sekimori.trust.Assignment;
import io.sekimori.trust.RoleKeys;
import io.sekimori.trust.SignedAssignment;
import io.sekimori.trust.TrustException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The newest assignment of one device, as the records have it.
 *
 * @param running the version that the device reported as running
 */
record AssignmentRow(String device, long version, Instant issued, Instant expires, long running, String document) {

    CurrentAssignment current() {
        return new CurrentAssignment(device, version, issued, expires, document);
    }

    /** What its device is to run; nothing if it takes back. */
    ApprovedContent content() throws SQLException {
        return ApprovedContent.of(assignment());
    }

    /** Whether there is nothing in it that people could approve. */
    boolean takesBack() throws SQLException {
        return assignment().takesBack().isPresent();
    }

    /** As it was signed. */
    Assignment signed() throws TrustException {
        return SignedAssignment.read(document.getBytes(StandardCharsets.UTF_8)).assignment();
    }

    private Assignment assignment() throws SQLException {
        try {
            return signed();
        } catch (TrustException e) {
            throw new SQLException("an assignment in the records cannot be read", e);
        }
    }

    /** Whether a gateway that comes now should get it signed anew: it does not run it, and two thirds of its time are over. */
    boolean ages(Instant now) {
        long third = (expires.getEpochSecond() - issued.getEpochSecond()) / 3;
        return running < version && now.isAfter(expires.minusSeconds(third));
    }

    /** Whether enough of these keys have signed it, by the ids beside their signatures: what is here, the director itself signed. */
    boolean signedBy(RoleKeys keys) {
        // It is asked at every poll, and what is signed is long; members are in order of their names, so signatures
        // come
        // before it.
        String signatures = document.substring(0, Math.max(0, document.indexOf("\"signed\"")));
        int signers = 0;
        for (String id : keys.keys().keySet()) {
            signers += signatures.contains('"' + id + '"') ? 1 : 0;
        }
        return signers >= keys.threshold();
    }

    static Optional<AssignmentRow> of(Connection connection, String device) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select a.version, a.issued, a.expires, coalesce(r.version, 0), a.document from releases_assignment a"
                        + " left join releases_running r on r.device = a.device where a.device = ?")) {
            select.setString(1, device);
            try (ResultSet row = select.executeQuery()) {
                return row.next()
                        ? Optional.of(new AssignmentRow(
                                device,
                                row.getLong(1),
                                Instant.ofEpochSecond(row.getLong(2)),
                                Instant.ofEpochSecond(row.getLong(3)),
                                row.getLong(4),
                                row.getString(5)))
                        : Optional.empty();
            }
        }
    }

    /**
     * The newest version of each device that has one. Joined as a table: with {@code in (?,?,...)} H2 compares each row
     * with every device.
     */
    static Map<String, Long> versions(Connection connection, Collection<String> devices) throws SQLException {
        Map<String, Long> versions = new HashMap<>();
        try (PreparedStatement select =
                connection.prepareStatement("select a.device, a.version from unnest(cast(? as varchar array)) as"
                        + " asked(device) join releases_assignment a on a.device = asked.device")) {
            select.setArray(1, connection.createArrayOf("varchar", devices.toArray()));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    versions.put(row.getString(1), row.getLong(2));
                }
            }
        }
        return versions;
    }

    /** Writes them; {@code known} are the devices that have a row. */
    static void write(Connection connection, Collection<SignedAssignment> assignments, Collection<String> known)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into releases_assignment"
                        + " (version, issued, expires, document, running, device) values (?, ?, ?, ?, 0, ?)");
                PreparedStatement update = connection.prepareStatement("update releases_assignment"
                        + " set version = ?, issued = ?, expires = ?, document = ? where device = ?")) {
            for (SignedAssignment signed : assignments) {
                var assignment = signed.assignment();
                PreparedStatement statement = known.contains(assignment.device()) ? update : insert;
                statement.setLong(1, assignment.version());
                statement.setLong(2, assignment.issued().getEpochSecond());
                statement.setLong(3, assignment.expires().getEpochSecond());
                statement.setString(4, new String(signed.bytes(), StandardCharsets.UTF_8));
                statement.setString(5, assignment.device());
                statement.addBatch();
            }
            insert.executeBatch();
            update.executeBatch();
        }
    }

    /**
     * Notes which version a device runs that has an assignment. Beside that and not in it: a database writes a row as a whole,
     * and that one is long.
     */
    static void running(Connection connection, String device, long version) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(
                "update releases_running set version = ? where device = ? and version <> ?")) {
            update.setLong(1, version);
            update.setString(2, device);
            update.setLong(3, version);
            if (update.executeUpdate() > 0) {
                return;
            }
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into releases_running (version, device) select cast(? as bigint), device from releases_assignment"
                        + " where device = ? on conflict do nothing")) {
            insert.setLong(1, version);
            insert.setString(2, device);
            insert.executeUpdate();
        }
    }
}
