package io.sekimori.records.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.sekimori.records.Database;
import io.sekimori.records.Records;
import io.sekimori.records.RecordsCode;
import io.sekimori.records.RecordsException;
import io.sekimori.records.kit.Consoles;
import io.sekimori.records.kit.OnBothDatabases;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class TransactionsTest {

    @OnBothDatabases
    void whatWasWrittenIsFoundAfterARestart(Consoles consoles) throws RecordsException {
        Shelf.put(consoles.console().open(Shelf.SCHEMA), 1, "Heike");

        consoles.endAll();

        assertThat(Shelf.count(consoles.console().open(Shelf.SCHEMA))).isEqualTo(1);
    }

    @OnBothDatabases
    void anExceptionUndoesTheTransaction(Consoles consoles) throws RecordsException {
        Database database = consoles.console().open(Shelf.SCHEMA);

        Throwable thrown = catchThrowable(() -> database.write(connection -> {
            insert(connection, 1);
            throw new IllegalArgumentException("changed my mind");
        }));

        assertThat(thrown).hasMessage("changed my mind");
        assertThat(Shelf.count(database)).isZero();
    }

    @OnBothDatabases
    void aRuleOfTheTablesIsToldApartFromAFailure(Consoles consoles) throws RecordsException {
        Database database = consoles.console().open(Shelf.SCHEMA);
        Shelf.put(database, 1, "Genji");

        assertCode(RecordsCode.RECORDS_RULE_BROKEN, () -> Shelf.put(database, 1, "Genji again"));
        assertCode(
                RecordsCode.RECORDS_FAILED,
                () -> database.read(connection -> query(connection, "select no_such_thing")));
    }

    @OnBothDatabases
    void aReadChangesNothing(Consoles consoles) throws RecordsException {
        Database database = consoles.console().open(Shelf.SCHEMA);

        Throwable thrown = catchThrowable(() -> database.read(connection -> insert(connection, 1)));

        assertThat(thrown).isNotNull();
        assertThat(Shelf.count(database)).isZero();
    }

    @OnBothDatabases
    void transactionsAreNotNested(Consoles consoles) throws RecordsException {
        Database database = consoles.console().open(Shelf.SCHEMA);

        assertThatIllegalStateException()
                .isThrownBy(() -> database.write(outer -> {
                    try {
                        return Shelf.count(database);
                    } catch (RecordsException e) {
                        throw new SQLException(e);
                    }
                }));
    }

    @OnBothDatabases
    void twoConsolesNeverBothBelieveTheyWereFirst(Consoles consoles) throws Exception {
        Database one = consoles.console().open(Shelf.SCHEMA);
        Database two = consoles.console().open(Shelf.SCHEMA);

        // Each adds a book numbered by how many there are: without serializable transactions numbers would collide or
        // be lost, for no rule of the table connects the count with the number.
        together(8, worker -> {
            Database database = worker % 2 == 0 ? one : two;
            for (int i = 0; i < 25; i++) {
                database.write(connection -> {
                    int count = (int) query(connection, "select count(*) from shelf_book");
                    return insert(connection, count + 1);
                });
            }
        });

        assertThat(Shelf.count(one)).isEqualTo(200);
        assertThat(one.<Long>read(connection -> query(connection, "select max(id) from shelf_book")))
                .isEqualTo(200);
    }

    @OnBothDatabases
    void twoConsolesThatMigrateAtOnceDoNotStepOnEachOther(Consoles consoles) throws Exception {
        List<Records> starting = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            starting.add(consoles.console());
        }

        together(4, worker -> starting.get(worker).open(Shelf.SCHEMA));

        assertThat(starting.get(0)
                        .open(Shelf.SCHEMA)
                        .<Long>read(
                                connection -> query(connection, "select count(*) from shelf_migrations where success")))
                .isGreaterThanOrEqualTo(2);
    }

    @OnBothDatabases
    void anInterruptedCallerHarmsNobody(Consoles consoles) throws Exception {
        Database database = consoles.console().open(Shelf.SCHEMA);

        Thread.currentThread().interrupt();
        Throwable thrown = catchThrowable(() -> Shelf.put(database, 1, "Taketori"));
        Thread.interrupted();

        Shelf.put(database, 2, "Ise");
        assertThat(Shelf.count(database)).isEqualTo(thrown == null ? 2 : 1);
    }

    @OnBothDatabases
    void aCallAfterTheEndIsStillServed(Consoles consoles) throws RecordsException {
        SqlRecords console = (SqlRecords) consoles.console();
        Database database = console.open(Shelf.SCHEMA);

        console.close();
        Shelf.put(database, 1, "Tosa");

        assertThat(Shelf.count(database)).isEqualTo(1);
    }

    @Test
    void anotherProcessHoldsTheFile(@org.junit.jupiter.api.io.TempDir java.nio.file.Path unit) throws Exception {
        try (SqlRecords first = SqlRecords.ofUnit(unit);
                OtherProcess other = OtherProcess.writing(unit)) {
            other.awaitWritten(1);

            assertCode(RecordsCode.RECORDS_LOCKED, () -> first.open(Shelf.SCHEMA));
        }
    }

    private interface Job {
        void run(int worker) throws Exception;
    }

    private static void together(int workers, Job job) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(workers);
        try {
            List<Future<?>> running = new ArrayList<>();
            for (int worker = 0; worker < workers; worker++) {
                int number = worker;
                running.add(threads.submit(() -> {
                    job.run(number);
                    return null;
                }));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static int insert(Connection connection, int id) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.executeUpdate("insert into shelf_book (id, title) values (" + id + ", 'x')");
        }
    }

    private static long query(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static void assertCode(RecordsCode code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatExceptionOfType(RecordsException.class)
                .isThrownBy(call)
                .satisfies(e -> assertThat(e.code()).isEqualTo(code));
    }
}
