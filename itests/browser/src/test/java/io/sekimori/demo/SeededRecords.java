package io.sekimori.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Rows that would take a person years to make, written into the records of a console that stands still. Stateless. */
final class SeededRecords {

    private static final int BATCH = 1_000;
    private static final List<String> LIVES = List.of("PROVISIONED", "ACTIVATED", "SUSPENDED", "RETIRED");

    private SeededRecords() {}

    /**
     * Adds so many gateways, and people with the password of the first one: {@code viewer}, who may only look, and
     * {@code newcomer}, who must choose another one.
     */
    static void add(Path console, int gateways) throws IOException, SQLException {
        try (Connection connection = DriverManager.getConnection(
                "jdbc:h2:" + database(console) + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE", "sa", "")) {
            connection.setAutoCommit(false);
            person(connection, "viewer", "VIEWER", "ACTIVE");
            person(connection, "newcomer", "OPERATOR", "PASSWORD_MUST_CHANGE");
            gateways(connection, gateways);
            connection.commit();
        }
    }

    private static String database(Path console) throws IOException {
        try (Stream<Path> files = Files.walk(console.resolve("unit/data"))) {
            return files.filter(file -> file.endsWith("records.mv.db"))
                    .findFirst()
                    .orElseThrow()
                    .toAbsolutePath()
                    .toString()
                    .replace(".mv.db", "");
        }
    }

    private static void person(Connection connection, String name, String roles, String state) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into people_person select ?, ?, ?, version, password_hash, password_since"
                        + " from people_person where name = 'admin'")) {
            insert.setString(1, name);
            insert.setString(2, roles);
            insert.setString(3, state);
            insert.executeUpdate();
        }
    }

    private static void gateways(Connection connection, int count) throws SQLException {
        long now = Instant.now().toEpochMilli();
        try (PreparedStatement gateway =
                        connection.prepareStatement("insert into fleet_gateway values (?, ?, ?, ?, null, ?, 1)");
                PreparedStatement label = connection.prepareStatement("insert into fleet_label values (?, ?)")) {
            for (int i = 0; i < count; i++) {
                String id = "g-" + base32(i);
                gateway.setString(1, id);
                gateway.setString(2, String.format("SN-%05d", i));
                gateway.setString(3, "SG-" + (200 + 10 * (i % 3)));
                gateway.setString(4, LIVES.get(i % 10 == 0 ? 1 : i % 97 == 0 ? 2 : i % 61 == 0 ? 3 : 0));
                gateway.setLong(5, now - 86_400_000L * (i % 300));
                gateway.addBatch();
                label.setString(1, id);
                label.setString(
                        2, List.of("yokohama", "sendai", "hamburg", "osaka").get(i % 4));
                label.addBatch();
                if (i % BATCH == BATCH - 1 || i == count - 1) {
                    gateway.executeBatch();
                    label.executeBatch();
                }
            }
        }
        try (Statement name = connection.createStatement()) {
            // Text of a machine is never trusted: a page has to show it as text.
            name.executeUpdate(
                    "update fleet_gateway set model = '<img src=x onerror=alert(1)>' where serial = 'SN-00007'");
        }
    }

    private static String base32(int number) {
        StringBuilder text = new StringBuilder();
        long rest = number;
        for (int i = 0; i < 12; i++) {
            text.insert(0, "abcdefghijklmnopqrstuvwxyz234567".charAt((int) (rest % 32)));
            rest /= 32;
        }
        return text.toString();
    }
}
