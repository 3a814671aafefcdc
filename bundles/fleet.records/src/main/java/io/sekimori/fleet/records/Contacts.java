package io.sekimori.fleet.records;

import io.sekimori.fleet.FleetException;
import io.sekimori.fleet.Sign;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Signs of life. A gateway that speaks often does not cost a write each time: what is already on disk as connected is
 * written again after {@link #FRESH} at the earliest. Thread-safe.
 */
final class Contacts {

    static final Duration FRESH = Duration.ofSeconds(30);

    private static final int REMEMBERED = 20_000;

    private final FleetRecords records;
    private final Clock clock;
    private final Map<String, Instant> written = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > REMEMBERED;
        }
    };

    Contacts(FleetRecords records, Clock clock) {
        this.records = records;
        this.clock = clock;
    }

    boolean heard(String id, Sign sign) throws FleetException {
        Instant now = clock.instant();
        if ((sign instanceof Sign.Spoke || sign instanceof Sign.Fetched) && isFresh(id, now)) {
            return true;
        }
        boolean known = records.write(connection -> write(connection, id, sign, now));
        remember(id, sign, known, now);
        return known;
    }

    private synchronized boolean isFresh(String id, Instant now) {
        Instant last = written.get(id);
        return last != null && !now.isBefore(last) && now.isBefore(last.plus(FRESH));
    }

    private synchronized void remember(String id, Sign sign, boolean known, Instant now) {
        if (known && (sign instanceof Sign.Born || sign instanceof Sign.Spoke)) {
            written.put(id, now);
        } else if (sign instanceof Sign.Left) {
            written.remove(id); // the next word of it says that it is there again
        }
    }

    private static boolean write(Connection connection, String id, Sign sign, Instant now) throws SQLException {
        if (!exists(connection, id)) {
            return false;
        }
        long at = now.toEpochMilli();
        int changed = update(connection, id, sign, at);
        if (changed == 0) {
            Parameters.update(
                    connection,
                    "insert into fleet_contact (gateway_id, connected, last_heard, birth) values (?, ?, ?, ?)",
                    id,
                    isThere(sign),
                    at,
                    BirthText.write(sign instanceof Sign.Born born ? born.facts() : Map.of()));
        }
        return true;
    }

    private static int update(Connection connection, String id, Sign sign, long at) throws SQLException {
        if (sign instanceof Sign.Fetched) {
            return Parameters.update(
                    connection, "update fleet_contact set last_heard = ? where gateway_id = ?", at, id);
        }
        if (sign instanceof Sign.Born born) {
            return Parameters.update(
                    connection,
                    "update fleet_contact set connected = true, last_heard = ?, birth = ? where gateway_id = ?",
                    at,
                    BirthText.write(born.facts()),
                    id);
        }
        return Parameters.update(
                connection,
                "update fleet_contact set connected = ?, last_heard = ? where gateway_id = ?",
                isThere(sign),
                at,
                id);
    }

    private static boolean isThere(Sign sign) {
        return sign instanceof Sign.Born || sign instanceof Sign.Spoke;
    }

    private static boolean exists(Connection connection, String id) throws SQLException {
        try (PreparedStatement statement =
                        Parameters.prepare(connection, "select 1 from fleet_gateway where id = ?", List.of(id));
                ResultSet row = statement.executeQuery()) {
            return row.next();
        }
    }
}
