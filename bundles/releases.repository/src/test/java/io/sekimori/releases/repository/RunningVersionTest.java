package io.sekimori.releases.repository;

import static org.assertj.core.api.Assertions.assertThat;

import io.sekimori.records.Database;
import io.sekimori.records.Records;
import io.sekimori.records.Schema;
import io.sekimori.records.kit.Consoles;
import io.sekimori.records.kit.OnBothDatabases;
import io.sekimori.releases.ReleasesException;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Which version a device runs is kept beside its assignment, on both databases. */
class RunningVersionTest {

    private static final String DEVICE = Console.device(1);
    private static final String OTHER = Console.device(2);
    private static final Schema BEFORE = Schema.beside(
            "releases",
            Tables.class,
            "V1__releases.sql",
            "V2__approvals.sql",
            "V3__withdrawals.sql",
            "V4__consoles.sql");

    @OnBothDatabases
    void whatAConsoleOfBeforeKnewIsKnownStill(Consoles consoles) throws Exception {
        assign(consoles.console().open(BEFORE), DEVICE, 7);
        assign(consoles.console().open(BEFORE), OTHER, 0);

        assertThat(running(consoles.console(), DEVICE)).isEqualTo(7);
        assertThat(running(consoles.console(), OTHER)).isZero();
    }

    @OnBothDatabases
    void whatADeviceRunsIsNotedAlsoIfAConsoleOfBeforeAssignedItLater(Consoles consoles) throws Exception {
        Records records = consoles.console();
        Tables tables = new Tables(() -> records);
        note(tables, DEVICE, 3);
        assign(consoles.console().open(BEFORE), DEVICE, 0);
        assertThat(running(records, DEVICE)).isZero();

        note(tables, DEVICE, 5);
        note(tables, DEVICE, 5);
        note(tables, OTHER, 6);
        assertThat(running(records, DEVICE)).isEqualTo(5);
        note(tables, DEVICE, 4);

        assertThat(running(consoles.console(), DEVICE)).isEqualTo(4);
        Optional<AssignmentRow> other = tables.read(connection -> AssignmentRow.of(connection, OTHER));
        assertThat(other).isEmpty();
    }

    @OnBothDatabases
    void twoReportsAtOnceAreBothTaken(Consoles consoles) throws Exception {
        Records records = consoles.console();
        Tables tables = new Tables(() -> records);
        note(tables, DEVICE, 1);
        assign(records.open(BEFORE), DEVICE, 0);

        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Future<?>> notes = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            notes.add(threads.submit(() -> {
                note(tables, DEVICE, 9);
                return null;
            }));
        }
        threads.shutdown();
        for (Future<?> one : notes) {
            one.get();
        }

        assertThat(running(records, DEVICE)).isEqualTo(9);
    }

    private static void note(Tables tables, String device, long version) throws ReleasesException {
        tables.write(connection -> {
            AssignmentRow.running(connection, device, version);
            return null;
        });
    }

    private static long running(Records records, String device) throws ReleasesException {
        return new Tables(() -> records)
                .read(connection -> AssignmentRow.of(connection, device))
                .orElseThrow()
                .running();
    }

    private static void assign(Database database, String device, long running) throws Exception {
        database.write(connection -> {
            try (PreparedStatement insert =
                    connection.prepareStatement("insert into releases_assignment (version, issued, expires, document,"
                            + " running, device) values (8, 1, 2, '{}', ?, ?)")) {
                insert.setLong(1, running);
                insert.setString(2, device);
                return insert.executeUpdate();
            }
        });
    }
}
