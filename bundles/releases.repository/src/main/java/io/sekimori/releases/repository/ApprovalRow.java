package io.sekimori.releases.repository;

import io.sekimori.releases.GivenApproval;
import io.sekimori.trust.Approvals;
import io.sekimori.trust.Sha256;
import io.sekimori.trust.SignedApproval;
import io.sekimori.trust.TrustException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** An approval, as the records have it: a file of its own. */
record ApprovalRow(SignedApproval approval, Instant received, String actor) {

    GivenApproval given() {
        return new GivenApproval(
                List.copyOf(approval.signers()),
                approval.approval().devices().size(),
                approval.approval().issued(),
                approval.approval().expires(),
                received,
                actor);
    }

    /** Who handed it in, without the address. */
    String person() {
        return actor.split(" ", 2)[0];
    }

    /** Whether it is for this device. */
    boolean covers(String device) {
        Set<String> devices = approval.approval().devices();
        return devices.isEmpty() || devices.contains(device);
    }

    /** Those of a content that are not over and that are wanted, the newest first. */
    static List<ApprovalRow> of(Connection connection, String content, Instant now, Predicate<ApprovalRow> wanted)
            throws SQLException {
        List<ApprovalRow> rows = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("select document, received, actor from"
                + " releases_approval where content = ? and expires > ? order by received desc, id")) {
            select.setString(1, content);
            select.setLong(2, now.getEpochSecond());
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    SignedApproval signed = read(row.getString(1));
                    ApprovalRow one = new ApprovalRow(signed, Instant.ofEpochSecond(row.getLong(2)), row.getString(3));
                    if (wanted.test(one)) {
                        rows.add(one);
                    }
                }
            }
        }
        return rows;
    }

    /** Keeps it in place of an earlier one by the same keys for the same gateways; false if there is none to be kept. */
    boolean keep(Connection connection) throws SQLException {
        try (PreparedStatement known =
                connection.prepareStatement("select document from releases_approval where id = ?")) {
            known.setString(1, id());
            try (ResultSet row = known.executeQuery()) {
                if (!row.next()) {
                    write(
                            connection,
                            "insert into releases_approval (content, expires, received, actor, document, id)"
                                    + " values (?, ?, ?, ?, ?, ?)");
                    return true;
                }
                if (!read(row.getString(1))
                        .approval()
                        .issued()
                        .isBefore(approval.approval().issued())) {
                    return false;
                }
            }
        }
        write(
                connection,
                "update releases_approval set content = ?, expires = ?, received = ?, actor = ?, document = ?"
                        + " where id = ?");
        return true;
    }

    // What is not signed is no part of it: nobody makes many of one.
    private String id() {
        return Sha256.hex((approval.approval().content()
                        + approval.signers()
                        + new TreeSet<>(approval.approval().devices()))
                .getBytes(StandardCharsets.UTF_8));
    }

    private void write(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, approval.approval().content());
            statement.setLong(2, approval.approval().expires().getEpochSecond());
            statement.setLong(3, received.getEpochSecond());
            statement.setString(4, actor);
            statement.setString(5, new String(new Approvals(List.of(approval), 0).bytes(), StandardCharsets.UTF_8));
            statement.setString(6, id());
            statement.executeUpdate();
        }
    }

    /** Forgets what no gateway accepts any more. */
    static void forgetOver(Connection connection, Instant now) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("delete from releases_approval where expires <= ?")) {
            delete.setLong(1, now.getEpochSecond());
            delete.executeUpdate();
        }
    }

    /** How many of each content a person has handed in, the most of them. */
    static int most(Connection connection, Set<String> contents, String person) throws SQLException {
        int most = 0;
        try (PreparedStatement select =
                connection.prepareStatement("select actor from releases_approval where content = ?")) {
            for (String content : contents) {
                select.setString(1, content);
                int count = 0;
                try (ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        count += row.getString(1).split(" ", 2)[0].equals(person) ? 1 : 0;
                    }
                }
                most = Math.max(most, count);
            }
        }
        return most;
    }

    private static SignedApproval read(String document) throws SQLException {
        try {
            return Approvals.parse(document.getBytes(StandardCharsets.UTF_8))
                    .entries()
                    .get(0);
        } catch (TrustException e) {
            throw new SQLException("an approval in the records cannot be read", e);
        }
    }
}
