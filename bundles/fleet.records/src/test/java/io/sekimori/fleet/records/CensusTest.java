package io.sekimori.fleet.records;

import static io.sekimori.fleet.records.Device.bundle;
import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.fleet.Census;
import io.sekimori.fleet.Census.Count;
import io.sekimori.fleet.Census.Parts;
import io.sekimori.fleet.Filter;
import io.sekimori.fleet.FleetException;
import io.sekimori.fleet.Gateway;
import io.sekimori.fleet.RunningBundle;
import io.sekimori.fleet.Sign;
import io.sekimori.records.Database;
import io.sekimori.records.kit.Consoles;
import io.sekimori.records.kit.OnBothDatabases;
import io.sekimori.trust.UnitReport;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What gateways run is counted, and of whom nothing is known nothing is assumed. */
class CensusTest {

    private static final Duration DAY = Duration.ofDays(1);
    private static final Count LAUNCHER =
            new Count(new RunningBundle("org.example.launcher", "1.0.0", "d".repeat(64)), 3);
    private static final int MANY = 1_000;
    private static final int PARTS = 42;

    @OnBothDatabases
    void gatewaysThatRunTheSameAreCountedTogether(Consoles consoles) throws FleetException {
        TestFleet test = new TestFleet(consoles);
        String one = running(test, "SN-1", bundle("org.example.a", "1.0.0"), bundle("org.example.b", "1.0.0"));
        String two = running(test, "SN-2", bundle("org.example.a", "1.0.0"));
        String three = running(test, "SN-3", bundle("org.example.a", "2.0.0"));
        running(test, "SN-4", bundle("org.example.a", "3.0.0"));

        Census census = test.fleet.census(Set.of(one, two, three), test.now.minus(DAY));

        assertThat(census.told()).isEqualTo(3);
        assertThat(census.unknown()).isEmpty();
        assertThat(census.bundles().counts())
                .containsExactlyInAnyOrder(
                        count("org.example.a", "1.0.0", 2),
                        count("org.example.a", "2.0.0", 1),
                        count("org.example.b", "1.0.0", 1));
        assertThat(census.slot().counts()).containsExactly(LAUNCHER);
    }

    /** Another gateway does not count as having it by that. */
    @OnBothDatabases
    void aGatewayThatRunsManyVersionsIsOneGateway(Consoles consoles) throws FleetException {
        TestFleet test = new TestFleet(consoles);
        String one = running(
                test,
                "SN-1",
                bundle("org.example.a", "1.0.0"),
                bundle("org.example.a", "2.0.0"),
                bundle("org.example.b", "1.0.0"));
        String two = running(test, "SN-2", bundle("org.example.b", "1.0.0"));

        Census census = test.fleet.census(Set.of(one, two), test.now.minus(DAY));

        assertThat(census.bundles().counts()).hasSize(3);
        assertThat(census.bundles().having()).isEqualTo(Map.of("org.example.a", 1, "org.example.b", 2));
        assertThat(census.slot().having()).isEqualTo(Map.of("org.example.launcher", 2));
    }

    @OnBothDatabases
    void whoIsSilentOrNeverToldIsUnknownAndCountsNowhere(Consoles consoles) throws Exception {
        TestFleet test = new TestFleet(consoles);
        String never = test.register("SN-1");
        String silent = running(test, "SN-2", bundle("org.example.a", "1.0.0"));
        String heard = running(test, "SN-3", bundle("org.example.a", "1.0.0"));
        String lost = running(test, "SN-4", bundle("org.example.a", "1.0.0"));
        String before = running(test, "SN-5", bundle("org.example.a", "1.0.0"));
        test.fleet.records.open(FleetRecords.SCHEMA).write(connection -> {
            Parameters.update(connection, "update fleet_report set generation = 0 where gateway_id = ?", lost);
            return Parameters.update(connection, "update fleet_report set slot = null where gateway_id = ?", before);
        });
        test.now = test.now.plus(DAY).plusMillis(1);
        test.fleet.heard(heard, new Sign.Spoke());
        test.fleet.heard(lost, new Sign.Spoke());
        test.fleet.heard(before, new Sign.Spoke());

        Census census =
                test.fleet.census(Set.of(never, silent, heard, lost, before, "g-nobodynobody"), test.now.minus(DAY));

        assertThat(census.told()).isEqualTo(1);
        assertThat(census.unknown())
                .isSorted()
                .containsExactlyInAnyOrder(never, silent, lost, before, "g-nobodynobody");
        assertThat(census.bundles().counts()).containsExactly(count("org.example.a", "1.0.0", 1));
    }

    @OnBothDatabases
    void ofNobodyNothingIsSaid(Consoles consoles) throws FleetException {
        assertThat(new TestFleet(consoles).fleet.census(Set.of(), Instant.EPOCH))
                .isEqualTo(new Census(0, List.of(), Parts.NONE, Parts.NONE));
    }

    @OnBothDatabases
    void whatIsReadBareHasNeitherBundlesNorLabels(Consoles consoles) throws FleetException {
        TestFleet test = new TestFleet(consoles);
        String one = running(test, "SN-1", bundle("org.example.a", "1.0.0"));

        List<Gateway> bare = test.fleet.bare(Set.of(one));

        assertThat(bare).singleElement().satisfies(gateway -> {
            assertThat(gateway.deviceKey()).isPresent();
            assertThat(gateway.report().orElseThrow().bundles()).isEmpty();
            assertThat(gateway.report().orElseThrow().sequence()).isEqualTo(1);
        });
    }

    /** A thousand gateways with 42 bundles each: 43 counts come from the records, not 42,000 rows. */
    @OnBothDatabases
    void manyGatewaysAreCountedWhereTheyLie(Consoles consoles) throws Exception {
        TestFleet test = new TestFleet(consoles);
        test.fleet.count(Filter.ALL);
        Database database = test.fleet.records.open(FleetRecords.SCHEMA);
        database.write(CensusTest::fill);
        Set<String> ids = IntStream.range(0, MANY).mapToObj(CensusTest::id).collect(Collectors.toSet());

        Census census = test.fleet.census(ids, Instant.ofEpochMilli(1));

        assertThat(census.told()).isEqualTo(MANY);
        assertThat(census.bundles().counts())
                .hasSize(PARTS + 1)
                .contains(new Count(new RunningBundle("b0", "2.0.0", ""), MANY / 10));
        assertThat(census.bundles().having()).hasSize(PARTS).containsEntry("b0", MANY);
        assertThat(census.slot().counts())
                .containsExactly(new Count(new RunningBundle("org.example.launcher", "1.0.0", ""), MANY));
    }

    private static String running(TestFleet test, String serial, UnitReport.Item... bundles) throws FleetException {
        Device device = new Device(serial);
        String id = test.activate(device);
        test.fleet.report(id, device.report(bundles));
        return id;
    }

    private static Count count(String name, String version, int gateways) {
        return new Count(new RunningBundle(name, version, bundle(name, version).sha256()), gateways);
    }

    private static int fill(Connection connection) throws SQLException {
        List<String> ids = IntStream.range(0, MANY).mapToObj(CensusTest::id).toList();
        List<String> parts = IntStream.range(0, PARTS).mapToObj(i -> "b" + i).toList();
        run(
                connection,
                "insert into fleet_gateway select asked.id, asked.id, 'M-1', 'ACTIVATED', null, 0, 1 from "
                        + Asked.TABLE,
                ids);
        run(
                connection,
                "insert into fleet_report select asked.id, 1, 1, 1, 1, '', 3, true, 1, 1, '', '', 0, 0, 0, '', '', '', '',"
                        + " 0, '', 0, '', 0, 'org.example.launcher 1.0.0 ' from " + Asked.TABLE,
                ids);
        run(
                connection,
                "insert into fleet_bundle select g.id, asked.id, case when asked.id = 'b0' and g.id like '%7' then '2.0.0'"
                        + " else '1.0.0' end, '' from fleet_gateway g cross join " + Asked.TABLE,
                parts);
        return MANY;
    }

    private static void run(Connection connection, String sql, List<String> names) throws SQLException {
        try (PreparedStatement statement = Parameters.prepare(connection, sql, List.of(Asked.ids(connection, names)))) {
            statement.executeUpdate();
        }
    }

    private static String id(int number) {
        return String.format("g-%012d", number);
    }
}
