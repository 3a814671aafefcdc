package io.sekimori.fleet.records;

import io.sekimori.fleet.Fleet;
import io.sekimori.fleet.Life;
import io.sekimori.fleet.Registration;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Who is registered, where they stand in life, and their labels. Stateless but for its randomness. */
final class Ledger {

    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int ID_CHARS = 12;

    private final SecureRandom random;

    Ledger(SecureRandom random) {
        this.random = random;
    }

    /** A gateway's place, locked until the transaction ends. */
    record Place(Life life, Optional<String> deviceKey, long revision) {}

    String newId() {
        StringBuilder id = new StringBuilder("g-");
        for (int i = 0; i < ID_CHARS; i++) {
            id.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return id.toString();
    }

    /** Adds a gateway; false if its serial number is there already. */
    boolean add(Connection connection, String id, Registration registration, Instant now) throws SQLException {
        try (PreparedStatement statement = Parameters.prepare(
                        connection, "select 1 from fleet_gateway where serial = ?", List.of(registration.serial()));
                ResultSet row = statement.executeQuery()) {
            if (row.next()) {
                return false;
            }
        }
        Parameters.update(
                connection,
                "insert into fleet_gateway (id, serial, model, life, registered_at, revision) values (?, ?, ?, ?, ?, 1)",
                id,
                registration.serial(),
                registration.model(),
                Life.PROVISIONED.name(),
                now.toEpochMilli());
        label(connection, id, registration.labels());
        return true;
    }

    Optional<Place> locked(Connection connection, String id) throws SQLException {
        try (PreparedStatement statement = Parameters.prepare(
                        connection,
                        "select life, device_key, revision from fleet_gateway where id = ? for update",
                        List.of(id));
                ResultSet row = statement.executeQuery()) {
            return row.next()
                    ? Optional.of(new Place(
                            Life.valueOf(row.getString(1)), Optional.ofNullable(row.getString(2)), row.getLong(3)))
                    : Optional.empty();
        }
    }

    static Optional<Fleet.Standing> standing(Connection connection, String id) throws SQLException {
        try (PreparedStatement statement = Parameters.prepare(
                        connection, "select life, device_key from fleet_gateway where id = ?", List.of(id));
                ResultSet row = statement.executeQuery()) {
            return row.next()
                    ? Optional.of(
                            new Fleet.Standing(Life.valueOf(row.getString(1)), Optional.ofNullable(row.getString(2))))
                    : Optional.empty();
        }
    }

    void move(Connection connection, String id, Life life) throws SQLException {
        Parameters.update(
                connection, "update fleet_gateway set life = ?, revision = revision + 1 where id = ?", life.name(), id);
    }

    /** Binds the key that a gateway enrolled with. What an older key reported does not count for a new one. */
    void bind(Connection connection, String id, Place place, String deviceKey) throws SQLException {
        if (!place.deviceKey().equals(Optional.of(deviceKey))) {
            Parameters.update(connection, "update fleet_gateway set device_key = ? where id = ?", deviceKey, id);
            ReportRows.forget(connection, id);
        }
        if (place.life() == Life.PROVISIONED) {
            move(connection, id, Life.ACTIVATED);
        }
    }

    void relabel(Connection connection, String id, Set<String> labels) throws SQLException {
        Parameters.update(connection, "delete from fleet_label where gateway_id = ?", id);
        label(connection, id, labels);
        Parameters.update(connection, "update fleet_gateway set revision = revision + 1 where id = ?", id);
    }

    private static void label(Connection connection, String id, Set<String> labels) throws SQLException {
        for (String label : labels) {
            Parameters.update(connection, "insert into fleet_label (gateway_id, label) values (?, ?)", id, label);
        }
    }
}
