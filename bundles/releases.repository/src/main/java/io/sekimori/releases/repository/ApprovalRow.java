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

/** An approval, as the records have it: a file of its own. */
record ApprovalRow(SignedApproval approval, Instant received, String actor) implements HandedIn {

    private static final String OF_CONTENT = FairShare.sql("releases_approval", "0", "content = ? and expires > ?");

    // Where neither is in it, it is not for the device; whether it is, its list says.
    private static final String FOR_DEVICE = FairShare.sql(
            "releases_approval",
            "0",
            "content = ? and expires > ? and (position(cast(? as varchar) in document) > 0"
                    + " or position('\"all\"' in document) > 0)");

    /** @param withdrawals of the same content */
    GivenApproval given(List<WithdrawalRow> withdrawals) {
        return new GivenApproval(
                List.copyOf(approval.signers()),
                approval.signers().stream()
                        .filter(key -> withdrawals.stream().anyMatch(row -> row.takesBack(key, approval.approval())))
                        .toList(),
                approval.approval().devices(),
                approval.approval().issued(),
                approval.approval().expires(),
                received,
                actor);
    }

    @Override
    public int bytes() {
        return new Approvals(List.of(approval), 0).bytes().length;
    }

    /** Whether there is one of this content. */
    static boolean knows(Connection connection, String content, Instant now) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select 1 from releases_approval where content = ? and expires > ? limit 1")) {
            select.setString(1, content);
            select.setLong(2, now.getEpochSecond());
            try (ResultSet row = select.executeQuery()) {
                return row.next();
            }
        }
    }

    /** Whether it is for this device. */
    boolean covers(String device) {
        Set<String> devices = approval.approval().devices();
        return devices.isEmpty() || devices.contains(device);
    }

    /** Those of a content that are not over, as {@link FairShare} has them, the newest first. */
    static List<ApprovalRow> of(Connection connection, String content, Instant now) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(OF_CONTENT)) {
            select.setString(1, content);
            select.setLong(2, now.getEpochSecond());
            return rows(select);
        }
    }

    /** Those of a content that are not over and that are for this device, as {@link FairShare} has them, the newest first. */
    static List<ApprovalRow> of(Connection connection, String content, Instant now, String device) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(FOR_DEVICE)) {
            select.setString(1, content);
            select.setLong(2, now.getEpochSecond());
            select.setString(3, device);
            return rows(select).stream().filter(row -> row.covers(device)).toList();
        }
    }

    private static List<ApprovalRow> rows(PreparedStatement select) throws SQLException {
        List<ApprovalRow> rows = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                rows.add(new ApprovalRow(
                        read(row.getString(1)), Instant.ofEpochSecond(row.getLong(2)), row.getString(3)));
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

    /** How many of each content a person has handed in that are not over, the most of them. */
    static int most(Connection connection, Set<String> contents, String person, Instant now) throws SQLException {
        return HandedIn.most(
                connection,
                "select actor from releases_approval where content = ? and expires > ?",
                contents,
                person,
                now);
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
