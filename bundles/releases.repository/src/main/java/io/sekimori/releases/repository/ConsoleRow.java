package io.sekimori.releases.repository;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * One console on these records, and which online keys it has. It is each console's own word, for people to read: nothing is
 * believed for it.
 *
 * @param id made once, in the console's own folder
 * @param name the machine's
 * @param keys the ids
 */
record ConsoleRow(String id, String name, Set<String> keys, Instant seen) {

    ConsoleRow {
        keys = Set.copyOf(keys);
    }

    static Map<String, ConsoleRow> all(Connection connection) throws SQLException {
        Map<String, ConsoleRow> all = new TreeMap<>();
        try (PreparedStatement select =
                        connection.prepareStatement("select id, name, key_ids, seen from releases_console");
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                List<String> keys = List.of(row.getString(3).split(" "));
                all.put(
                        row.getString(1),
                        new ConsoleRow(
                                row.getString(1),
                                row.getString(2),
                                Set.copyOf(new TreeSet<>(keys)),
                                Instant.ofEpochSecond(row.getLong(4))));
            }
        }
        return all;
    }

    /** Writes it in the place of what it said before, and forgets who has not been seen since then. */
    void write(Connection connection, Instant forgotten) throws SQLException {
        try (PreparedStatement delete =
                connection.prepareStatement("delete from releases_console where id = ? or seen < ?")) {
            delete.setString(1, id);
            delete.setLong(2, forgotten.getEpochSecond());
            delete.executeUpdate();
        }
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into releases_console (id, name, key_ids, seen) values (?, ?, ?, ?)")) {
            insert.setString(1, id);
            insert.setString(2, name);
            insert.setString(3, String.join(" ", new TreeSet<>(keys)));
            insert.setLong(4, seen.getEpochSecond());
            insert.executeUpdate();
        }
    }
}
