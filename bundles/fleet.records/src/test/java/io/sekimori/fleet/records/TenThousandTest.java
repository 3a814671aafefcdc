package io.sekimori.fleet.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.fleet.Filter;
import io.sekimori.fleet.FleetException;
import io.sekimori.records.Database;
import io.sekimori.records.Dialect;
import io.sekimori.records.kit.Consoles;
import io.sekimori.records.kit.OnBothDatabases;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a page costs among 10,000 gateways: the plan of each query, and a generous bound on its time. */
class TenThousandTest {

    private static final int COUNT = 10_000;
    private static final Duration MOST = Duration.ofSeconds(2);

    @OnBothDatabases
    void everyPageIsFoundByAnIndex(Consoles consoles) throws Exception {
        TestFleet test = new TestFleet(consoles);
        test.fleet.count(Filter.ALL);
        Database database = test.fleet.records.open(FleetRecords.SCHEMA);
        database.write(TenThousandTest::fill);
        if (consoles.dialect() == Dialect.POSTGRESQL) {
            database.write(connection -> run(connection, "analyze"));
        }

        for (Map<String, String> words : List.of(
                Map.<String, String>of(),
                Map.of("serial", "SN-09"),
                Map.of("model", "M-3"),
                Map.of("life", "SUSPENDED"),
                Map.of("label", "rare"),
                Map.of("bundle", "org.example.rare", "version", "1.0.0"))) {
            assertThat(plan(database, consoles.dialect(), words))
                    .as("%s %s", consoles.dialect(), words)
                    .noneMatch(line -> scansGateways(consoles.dialect(), line));
            assertThat(millis(test, words)).as("%s", words).isLessThan(MOST.toMillis());
        }
        assertThat(test.fleet.count(Filter.ALL)).isEqualTo(COUNT);
    }

    /** A page from behind the middle, which must not cost more than the first one. */
    private static long millis(TestFleet test, Map<String, String> words) throws FleetException {
        Filter filter = Filter.of(words);
        test.fleet.page(filter, Optional.of("SN-05000"), 100);
        long start = System.nanoTime();
        test.fleet.page(filter, Optional.of("SN-05000"), 100);
        return (System.nanoTime() - start) / 1_000_000;
    }

    private static boolean scansGateways(Dialect dialect, String line) {
        return dialect == Dialect.H2
                ? line.contains("FLEET_GATEWAY.tableScan") || line.contains("fleet_gateway.tableScan")
                : line.contains("Seq Scan on fleet_gateway");
    }

    private static List<String> plan(Database database, Dialect dialect, Map<String, String> words) throws Exception {
        PageQuery query = PageQuery.of(Filter.of(words), Optional.of("SN-05000"));
        List<Object> values = new ArrayList<>(query.values());
        values.add(100);
        String sql = (dialect == Dialect.H2 ? "explain " : "explain (costs off) ") + "select g.id from fleet_gateway g"
                + " left join fleet_contact c on c.gateway_id = g.id " + query.where() + " order by g.serial limit ?";
        return database.read(connection -> {
            List<String> lines = new ArrayList<>();
            try (PreparedStatement statement = Parameters.prepare(connection, sql, values);
                    ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    row.getString(1).lines().forEach(lines::add);
                }
            }
            return lines;
        });
    }

    private static int run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.execute(sql) ? 1 : 0;
        }
    }

    private static int fill(Connection connection) throws SQLException {
        batch(connection, "insert into fleet_gateway values (?, ?, ?, ?, null, 0, 1)", (statement, i) -> {
            statement.setString(1, id(i));
            statement.setString(2, String.format("SN-%05d", i));
            statement.setString(3, "M-" + i % 20);
            statement.setString(4, i % 500 == 0 ? "SUSPENDED" : "ACTIVATED");
        });
        batch(connection, "insert into fleet_contact values (?, ?, 1, '{}')", (statement, i) -> {
            statement.setString(1, id(i));
            statement.setBoolean(2, i % 10 != 0);
        });
        batch(connection, "insert into fleet_label values (?, ?)", (statement, i) -> {
            statement.setString(1, id(i));
            statement.setString(2, i % 1_000 == 0 ? "rare" : "site:" + i % 50);
        });
        batch(connection, "insert into fleet_bundle values (?, ?, '1.0.0', '')", (statement, i) -> {
            statement.setString(1, id(i));
            statement.setString(2, i % 1_000 == 0 ? "org.example.rare" : "org.example.common");
        });
        return COUNT;
    }

    private interface Row {
        void set(PreparedStatement statement, int number) throws SQLException;
    }

    private static void batch(Connection connection, String sql, Row row) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < COUNT; i++) {
                row.set(statement, i);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private static String id(int number) {
        return String.format("g-%012d", number);
    }
}
