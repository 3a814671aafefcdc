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
        if (sign instanceof Sign.Spoke && isFresh(id, now)) {
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
        if (known && !(sign instanceof Sign.Left)) {
            written.put(id, now);
        } else {
            written.remove(id);
        }
    }

    private static boolean write(Connection connection, String id, Sign sign, Instant now) throws SQLException {
        if (!exists(connection, id)) {
            return false;
        }
        boolean connected = !(sign instanceof Sign.Left);
        long at = now.toEpochMilli();
        int changed = sign instanceof Sign.Born born
                ? Parameters.update(
                        connection,
                        "update fleet_contact set connected = ?, last_heard = ?, birth = ? where gateway_id = ?",
                        connected,
                        at,
                        BirthText.write(born.facts()),
                        id)
                : Parameters.update(
                        connection,
                        "update fleet_contact set connected = ?, last_heard = ? where gateway_id = ?",
                        connected,
                        at,
                        id);
        if (changed == 0) {
            Parameters.update(
                    connection,
                    "insert into fleet_contact (gateway_id, connected, last_heard, birth) values (?, ?, ?, ?)",
                    id,
                    connected,
                    at,
                    BirthText.write(sign instanceof Sign.Born born ? born.facts() : Map.of()));
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
