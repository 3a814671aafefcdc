package io.sekimori.releases.repository;

import io.sekimori.releases.ReleasesException;
import io.sekimori.trust.Approvals;
import io.sekimori.trust.Sha256;
import io.sekimori.trust.SignedWithdrawal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What people took back, for every gateway, and a name for it, which is the file's SHA-256: gateways that wait with nothing hear
 * that name with their assignment, and fetch the file only if it is another one. A gateway knows the name of what it got from the
 * file itself, so that consoles side by side that know different things mislead nobody. The records are asked no more than once in
 * ten seconds, and by one at a time, however many gateways ask. Thread-safe.
 */
final class WithdrawalNews {

    private static final Duration KEPT = Duration.ofSeconds(10);
    // What replaces another expires later, though it may have come in the same second.
    private static final String COUNT = "select count(*), max(received), sum(received), sum(expires)"
            + " from releases_withdrawal where expires > ?";

    private final Tables tables;
    private final Clock clock;
    private final LongSupplier nanos;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile @Nullable Known known;

    WithdrawalNews(Tables tables, Clock clock, LongSupplier nanos) {
        this.tables = tables;
        this.clock = clock;
        this.nanos = nanos;
    }

    /**
     * What was there when the records were asked last, by the time since the machine started.
     *
     * @param mark of all rows, also of those that the file has no room for: as long as it stays, they are not read again
     */
    private record Known(String mark, String name, List<SignedWithdrawal> withdrawals, long sinceNanos) {

        boolean isOld(long nanosNow) {
            return nanosNow - sinceNanos > KEPT.toNanos();
        }
    }

    /** The name of what there is; empty if that is nothing. */
    String name() throws ReleasesException {
        return current().name();
    }

    /** The file, as long as any of approvals at most; each person's newest before the second of anybody. */
    byte[] file() throws ReleasesException {
        return bytes(current().withdrawals());
    }

    private Known current() throws ReleasesException {
        Known last = known; // read once: another thread may set it
        if (last != null && !last.isOld(nanos.getAsLong())) {
            return last;
        }
        if (last == null) {
            asking.lock();
        } else if (!asking.tryLock()) {
            return last; // somebody asks already; what was known will do until the next poll
        }
        try {
            Known before = known;
            long now = nanos.getAsLong();
            if (before != null && !before.isOld(now)) {
                return before;
            }
            Known found = tables.read(connection -> look(connection, before, now));
            known = found;
            return found;
        } finally {
            asking.unlock();
        }
    }

    private Known look(Connection connection, @Nullable Known before, long nanosNow) throws SQLException {
        Instant now = clock.instant();
        String mark = mark(connection, now);
        if (before != null && before.mark().equals(mark)) {
            return new Known(mark, before.name(), before.withdrawals(), nanosNow);
        }
        List<SignedWithdrawal> withdrawals =
                HandedIn.fitting(WithdrawalRow.all(connection, "", now), Approvals.MOST, Approvals.MAX_BYTES / 2)
                        .stream()
                        .map(WithdrawalRow::withdrawal)
                        .toList();
        String name = withdrawals.isEmpty() ? "" : Sha256.hex(bytes(withdrawals));
        return new Known(mark, name, withdrawals, nanosNow);
    }

    private static byte[] bytes(List<SignedWithdrawal> withdrawals) {
        return new Approvals(List.of(), withdrawals, 0).bytes();
    }

    private static String mark(Connection connection, Instant now) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(COUNT)) {
            select.setLong(1, now.getEpochSecond());
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1) + " " + row.getString(2) + " " + row.getString(3) + " " + row.getString(4);
            }
        }
    }
}
