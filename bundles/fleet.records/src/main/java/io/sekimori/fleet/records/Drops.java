package io.sekimori.fleet.records;

import io.sekimori.fleet.FleetException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts reports that were not believed. Whoever floods the console costs it one write and one record in the audit in
 * {@link #PAUSE} for each gateway in whose name he speaks; what was counted in between is written with the next one, and
 * lost at a crash. Thread-safe.
 */
final class Drops {

    static final Duration PAUSE = Duration.ofSeconds(10);

    private static final int MOST_NAMES = 10_000;

    private final FleetRecords records;
    private final Clock clock;
    private final Map<String, Pending> pending = new HashMap<>();

    private record Pending(long count, Instant written) {}

    Drops(FleetRecords records, Clock clock) {
        this.records = records;
        this.clock = clock;
    }

    /** Counts one; answers how many were written now, so 0 if it only waits to be written. */
    long count(String id) throws FleetException {
        long due = due(id, clock.instant());
        if (due > 0) {
            records.write(connection -> add(connection, id, due));
        }
        return due;
    }

    /** Writes what was counted and not yet written. */
    void flush() throws FleetException {
        for (Map.Entry<String, Pending> left : take().entrySet()) {
            if (left.getValue().count() > 0) {
                records.write(connection ->
                        add(connection, left.getKey(), left.getValue().count()));
            }
        }
    }

    private synchronized Map<String, Pending> take() {
        Map<String, Pending> taken = Map.copyOf(pending);
        pending.clear();
        return taken;
    }

    private synchronized long due(String id, Instant now) {
        Pending known = pending.get(id);
        if (known != null && now.isBefore(known.written().plus(PAUSE)) && !now.isBefore(known.written())) {
            pending.put(id, new Pending(known.count() + 1, known.written()));
            return 0;
        }
        if (known == null && pending.size() >= MOST_NAMES) {
            pending.values().removeIf(other -> other.count() == 0);
        }
        pending.put(id, new Pending(0, now));
        return (known == null ? 0 : known.count()) + 1;
    }

    private static boolean add(Connection connection, String id, long count) throws SQLException {
        int changed = Parameters.update(
                connection, "update fleet_drop set dropped = dropped + ? where gateway_id = ?", count, id);
        if (changed == 0 && exists(connection, id)) {
            Parameters.update(connection, "insert into fleet_drop (gateway_id, dropped) values (?, ?)", id, count);
        }
        return true;
    }

    private static boolean exists(Connection connection, String id) throws SQLException {
        try (PreparedStatement statement =
                        Parameters.prepare(connection, "select 1 from fleet_gateway where id = ?", List.of(id));
                ResultSet row = statement.executeQuery()) {
            return row.next();
        }
    }
}
