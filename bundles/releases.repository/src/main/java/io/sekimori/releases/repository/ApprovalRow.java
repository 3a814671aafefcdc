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

    /** Those of a content that are not over, the newest first. */
    static List<ApprovalRow> of(Connection connection, String content, Instant now) throws SQLException {
        List<ApprovalRow> rows = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("select document, received, actor from"
                + " releases_approval where content = ? and expires > ? order by received desc, id limit ?")) {
            select.setString(1, content);
            select.setLong(2, now.getEpochSecond());
            select.setInt(3, Approvals.MOST);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    SignedApproval signed = read(row.getString(1));
                    rows.add(new ApprovalRow(signed, Instant.ofEpochSecond(row.getLong(2)), row.getString(3)));
                }
            }
        }
        return rows;
    }

    /** Keeps it; false if it was here before. */
    boolean keep(Connection connection) throws SQLException {
        byte[] document = new Approvals(List.of(approval), 0).bytes();
        String id = Sha256.hex(document);
        try (PreparedStatement known = connection.prepareStatement("select 1 from releases_approval where id = ?")) {
            known.setString(1, id);
            try (ResultSet row = known.executeQuery()) {
                if (row.next()) {
                    return false;
                }
            }
        }
        try (PreparedStatement insert = connection.prepareStatement("insert into releases_approval"
                + " (id, content, expires, received, actor, document) values (?, ?, ?, ?, ?, ?)")) {
            insert.setString(1, id);
            insert.setString(2, approval.approval().content());
            insert.setLong(3, approval.approval().expires().getEpochSecond());
            insert.setLong(4, received.getEpochSecond());
            insert.setString(5, actor);
            insert.setString(6, new String(document, StandardCharsets.UTF_8));
            insert.executeUpdate();
        }
        return true;
    }

    /** Forgets what no gateway accepts any more. */
    static void forgetOver(Connection connection, Instant now) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("delete from releases_approval where expires <= ?")) {
            delete.setLong(1, now.getEpochSecond());
            delete.executeUpdate();
        }
    }

    /** How many of each of these contents there are; over or not. */
    static int most(Connection connection, Set<String> contents) throws SQLException {
        int most = 0;
        try (PreparedStatement count =
                connection.prepareStatement("select count(*) from releases_approval where content = ?")) {
            for (String content : contents) {
                count.setString(1, content);
                try (ResultSet row = count.executeQuery()) {
                    row.next();
                    most = Math.max(most, row.getInt(1));
                }
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
