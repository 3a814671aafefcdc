package io.sekimori.releases.repository;

import io.sekimori.releases.ReleasesException;
import io.sekimori.trust.Approvals;
import io.sekimori.trust.SignedWithdrawal;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is of use to one gateway: the approvals of what it is assigned that are for it and not over, and what people took back
 * of that and of anything else, since the gateway remembers it. Thread-safe.
 */
final class GatewayApprovals {

    /** A part of what a gateway reads, so that nobody drowns approvals with withdrawals. */
    private static final long WITHDRAWALS = Approvals.MAX_BYTES / 2;

    private final Tables tables;
    private final Clock clock;

    GatewayApprovals(Tables tables, Clock clock) {
        this.tables = tables;
        this.clock = clock;
    }

    /** The file for a device; empty if there is nothing in it. */
    Optional<byte[]> of(String device) throws ReleasesException {
        Instant now = clock.instant();
        Approvals useful = tables.read(connection -> {
            Optional<AssignmentRow> assigned = AssignmentRow.of(connection, device);
            return assigned.isEmpty()
                    ? Approvals.NONE
                    : of(connection, device, assigned.get().content().digest(), now);
        });
        return useful.equals(Approvals.NONE) ? Optional.empty() : Optional.of(useful.bytes());
    }

    private static Approvals of(Connection connection, String device, String content, Instant now) throws SQLException {
        List<SignedWithdrawal> withdrawals = withdrawals(WithdrawalRow.all(connection, content, now), content);
        long left = Approvals.MAX_BYTES
                - (withdrawals.isEmpty() ? 0 : new Approvals(List.of(), withdrawals, 0).bytes().length);
        List<ApprovalRow> approvals = ApprovalRow.of(connection, content, now, device);
        return new Approvals(
                HandedIn.fitting(approvals, Approvals.MOST, left).stream()
                        .map(ApprovalRow::approval)
                        .toList(),
                withdrawals,
                0);
    }

    /** Those of what is assigned before all others. */
    private static List<SignedWithdrawal> withdrawals(List<WithdrawalRow> rows, String content) {
        List<WithdrawalRow> own = HandedIn.fitting(
                rows.stream()
                        .filter(row -> row.withdrawal().withdrawal().content().equals(content))
                        .toList(),
                Approvals.MOST,
                WITHDRAWALS);
        long taken = own.stream().mapToLong(WithdrawalRow::bytes).sum();
        List<WithdrawalRow> others = HandedIn.fitting(
                rows.stream()
                        .filter(row -> !row.withdrawal().withdrawal().content().equals(content))
                        .toList(),
                Approvals.MOST - own.size(),
                WITHDRAWALS - taken);
        return Stream.concat(own.stream(), others.stream())
                .map(WithdrawalRow::withdrawal)
                .toList();
    }
}
