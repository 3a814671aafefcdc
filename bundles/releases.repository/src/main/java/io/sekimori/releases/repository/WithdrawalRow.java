package io.sekimori.releases.repository;

import io.sekimori.trust.Approval;
import io.sekimori.trust.Approvals;
import io.sekimori.trust.Sha256;
import io.sekimori.trust.SignedWithdrawal;
import io.sekimori.trust.TrustException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A withdrawal, as the records have it: a file of its own, until no approval is in time that it could take back. */
record WithdrawalRow(SignedWithdrawal withdrawal, Instant received, String actor) implements HandedIn {

    private static final String KNOWN = "select document, received, actor from releases_withdrawal where ";
    private static final String UNSEEN = "select w.id from releases_withdrawal w where w.expires > ?"
            + " and left(w.actor, position(' ' in w.actor || ' ') - 1) = ? and not exists (select 1"
            + " from releases_approval a where a.content = w.content and a.expires > ?)";
    private static final String OF_CONTENT = FairShare.sql("releases_withdrawal", "0", "content = ? and expires > ?");
    private static final String FIRST = FairShare.sql(
            "releases_withdrawal",
            "case when content = ? then 0 else 1 end",
            "expires > ? and length(document) <= " + OfferedReading.MOST_BYTES);

    /** Until when it matters. */
    Instant expires() {
        return withdrawal.withdrawal().issued().plus(Approval.LONGEST);
    }

    @Override
    public int bytes() {
        return new Approvals(List.of(), List.of(withdrawal), 0).bytes().length;
    }

    /** Whether it takes back what this key approved. */
    boolean takesBack(String key, Approval approval) {
        return withdrawal.withdrawal().content().equals(approval.content())
                && withdrawal.signers().contains(key)
                && !approval.issued().isAfter(withdrawal.withdrawal().issued());
    }

    /** Those that still matter, as {@link FairShare} has them, of this content first, and then the newest first. */
    static List<WithdrawalRow> all(Connection connection, String content, Instant now) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(FIRST)) {
            select.setString(1, content);
            select.setLong(2, now.getEpochSecond());
            return rows(select);
        }
    }

    /** Those of a content that still matter, as {@link FairShare} has them. */
    static List<WithdrawalRow> of(Connection connection, String content, Instant now) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(OF_CONTENT)) {
            select.setString(1, content);
            select.setLong(2, now.getEpochSecond());
            return rows(select);
        }
    }

    private static List<WithdrawalRow> rows(PreparedStatement select) throws SQLException {
        List<WithdrawalRow> rows = new ArrayList<>();
        try (ResultSet row = select.executeQuery()) {
            while (row.next()) {
                rows.add(new WithdrawalRow(
                        read(row.getString(1)), Instant.ofEpochSecond(row.getLong(2)), row.getString(3)));
            }
        }
        return rows;
    }

    /** Keeps it in place of an earlier one by the same keys; false if what is there takes back as much. */
    boolean keep(Connection connection) throws SQLException {
        Optional<Instant> known = issued(connection);
        if (known.isPresent() && !known.get().isBefore(withdrawal.withdrawal().issued())) {
            return false;
        }
        write(
                connection,
                known.isPresent()
                        ? "update releases_withdrawal set content = ?, expires = ?, received = ?, actor = ?,"
                                + " document = ? where id = ?"
                        : "insert into releases_withdrawal (content, expires, received, actor, document, id)"
                                + " values (?, ?, ?, ?, ?, ?)");
        return true;
    }

    private Optional<Instant> issued(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(KNOWN + "id = ?")) {
            select.setString(1, id());
            return rows(select).stream()
                    .findFirst()
                    .map(row -> row.withdrawal().withdrawal().issued());
        }
    }

    private void write(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, withdrawal.withdrawal().content());
            statement.setLong(2, expires().getEpochSecond());
            statement.setLong(3, received.getEpochSecond());
            statement.setString(4, actor);
            statement.setString(
                    5, new String(new Approvals(List.of(), List.of(withdrawal), 0).bytes(), StandardCharsets.UTF_8));
            statement.setString(6, id());
            statement.executeUpdate();
        }
    }

    // What is not signed is no part of it: nobody makes many of one.
    private String id() {
        return Sha256.hex((withdrawal.withdrawal().content() + withdrawal.signers()).getBytes(StandardCharsets.UTF_8));
    }

    /** Forgets what takes back nothing any more. */
    static void forgetOver(Connection connection, Instant now) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("delete from releases_withdrawal where expires <= ?")) {
            delete.setLong(1, now.getEpochSecond());
            delete.executeUpdate();
        }
    }

    /** How many of each content a person has handed in that still matter, the most of them. */
    static int most(Connection connection, Set<String> contents, String person, Instant now) throws SQLException {
        return HandedIn.most(
                connection,
                "select actor from releases_withdrawal where content = ? and expires > ?",
                contents,
                person,
                now);
    }

    /**
     * How many there would be of who hands these in, of contents of which no approval is here; 0 if none of these is of such
     * a content.
     */
    static int unseen(Connection connection, Offered offered, Instant now) throws SQLException {
        Set<String> ids = new HashSet<>();
        for (WithdrawalRow row : offered.withdrawals()) {
            if (!ApprovalRow.knows(connection, row.withdrawal().withdrawal().content(), now)) {
                ids.add(row.id());
            }
        }
        if (ids.isEmpty()) {
            return 0;
        }
        try (PreparedStatement select = connection.prepareStatement(UNSEEN)) {
            select.setLong(1, now.getEpochSecond());
            select.setString(2, offered.person());
            select.setLong(3, now.getEpochSecond());
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    ids.add(row.getString(1));
                }
            }
        }
        return ids.size();
    }

    private static SignedWithdrawal read(String document) throws SQLException {
        try {
            return Approvals.parse(document.getBytes(StandardCharsets.UTF_8))
                    .withdrawals()
                    .get(0);
        } catch (TrustException e) {
            throw new SQLException("a withdrawal in the records cannot be read", e);
        }
    }
}
