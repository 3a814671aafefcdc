package io.sekimori.releases.repository;

import io.sekimori.releases.ReleasesException;
import io.sekimori.trust.Approvals;
import io.sekimori.trust.Sha256;
import io.sekimori.trust.SignedWithdrawal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What people took back, for every gateway, and a name for it that is another one as soon as there is more: gateways that wait with
 * nothing hear that name with their assignment, and fetch the rest only then. The records are asked no more than once in ten
 * seconds, however many gateways ask. Thread-safe.
 */
final class WithdrawalNews {

    private static final Duration KEPT = Duration.ofSeconds(10);
    private static final int NAME_CHARS = 32;
    private static final String COUNT =
            "select count(*), max(received), sum(received) from releases_withdrawal where" + " expires > ?";

    private final Tables tables;
    private final Clock clock;
    private final LongSupplier nanos;
    private volatile @Nullable Known known;

    WithdrawalNews(Tables tables, Clock clock, LongSupplier nanos) {
        this.tables = tables;
        this.clock = clock;
        this.nanos = nanos;
    }

    /** What was there when the records were asked last, by the time since the machine started. */
    private record Known(String name, List<SignedWithdrawal> withdrawals, long sinceNanos) {}

    /** The name of what there is; empty if that is nothing. */
    String name() throws ReleasesException {
        return current().name();
    }

    /** The file, as long as any of approvals at most; each person's newest before the second of anybody. */
    byte[] file() throws ReleasesException {
        return new Approvals(List.of(), current().withdrawals(), 0).bytes();
    }

    private Known current() throws ReleasesException {
        Known last = known; // read once: another thread may set it
        long now = nanos.getAsLong();
        if (last == null || now - last.sinceNanos() > KEPT.toNanos()) {
            Known before = last;
            last = tables.read(connection -> look(connection, before, now));
            known = last;
        }
        return last;
    }

    private Known look(Connection connection, @Nullable Known before, long nanosNow) throws SQLException {
        Instant now = clock.instant();
        String name = name(connection, now);
        if (before != null && before.name().equals(name)) {
            return new Known(name, before.withdrawals(), nanosNow);
        }
        List<SignedWithdrawal> withdrawals =
                HandedIn.fitting(WithdrawalRow.all(connection, "", now), Approvals.MOST, Approvals.MAX_BYTES / 2)
                        .stream()
                        .map(WithdrawalRow::withdrawal)
                        .toList();
        return new Known(name, withdrawals, nanosNow);
    }

    private static String name(Connection connection, Instant now) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(COUNT)) {
            select.setLong(1, now.getEpochSecond());
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1) == 0
                        ? ""
                        : Sha256.hex((row.getLong(1) + " " + row.getString(2) + " " + row.getString(3))
                                        .getBytes(StandardCharsets.UTF_8))
                                .substring(0, NAME_CHARS);
            }
        }
    }
}
