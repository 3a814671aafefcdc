package io.sekimori.records.sql;

import io.sekimori.durable.DurableFile;
import io.sekimori.records.Dialect;
import io.sekimori.records.RecordsCode;
import io.sekimori.records.RecordsException;
import io.sekimori.records.Work;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;

/**
 * H2 in a file of the unit.
 *
 * <p>H2's transactions see each other's changes in ways that two writers of one rule must not, so writers take turns by
 * the lock of one row, also those of another version of this bundle, which shares the engine; those who wait for the same
 * turn share a commit. It leaves the last step to the disk's cache, so a sync follows.
 */
final class H2Target implements Target {

    private static final String WRITER = "sekimori_writer";

    /** How many statements each connection remembers, so that it does not read the same text again and again. */
    private static final int STATEMENTS = 256;

    private final Path folder;
    private final Duration patience;
    private final Turns turns;

    H2Target(Path folder, Duration patience) {
        this.folder = folder;
        this.patience = patience;
        this.turns = new Turns(patience);
    }

    @Override
    public Dialect dialect() {
        return Dialect.H2;
    }

    @Override
    public DataSource dataSource() throws RecordsException {
        if (folder.toString().contains(";")) {
            throw new RecordsException(
                    RecordsCode.RECORDS_MISCONFIGURED, "the folder of the unit has a semicolon in its name", null);
        }
        try {
            DurableFile.makeDirectory(folder);
            DurableFile.makeFile(folder.resolve("records.mv.db"));
        } catch (IOException e) {
            throw new RecordsException(RecordsCode.RECORDS_FAILED, "the folder cannot be made: " + e.getMessage(), e);
        }
        JdbcDataSource source = new JdbcDataSource();
        // "retry" reads and writes past an interrupted thread, which would else close the file under everybody.
        source.setURL("jdbc:h2:retry:" + folder.resolve("records").toAbsolutePath()
                + ";MODE=PostgreSQL;QUERY_CACHE_SIZE=" + STATEMENTS
                + ";DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;WRITE_DELAY=0"
                + ";DB_CLOSE_ON_EXIT=FALSE;TRACE_LEVEL_FILE=0;LOCK_TIMEOUT=" + patience.toMillis());
        source.setUser("sa");
        source.setPassword("");
        return source;
    }

    @Override
    public void prepare(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("create table if not exists " + WRITER + " (id int primary key)");
            statement.execute("merge into " + WRITER + " key (id) values (1)");
        }
    }

    @Override
    public void beginRead(Connection connection) throws SQLException {
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    }

    @Override
    public <T extends @Nullable Object> T write(Work<T> work, Turns.Writer writer)
            throws SQLException, RecordsException {
        return turns.write(work, writer);
    }

    @Override
    public void beginWrite(Connection connection) throws SQLException {
        // Each statement sees what the writer before left; there is no other one until this one ends.
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        try (PreparedStatement turn =
                        connection.prepareStatement("select id from " + WRITER + " where id = 1 for update");
                ResultSet row = turn.executeQuery()) {
            if (!row.next()) {
                throw new SQLException("the row that writers take turns by is gone");
            }
        }
    }

    @Override
    public void beginMigration(Connection connection) throws SQLException {
        // Flyway locks the rows of its history, and at the very first migration there are none.
        beginWrite(connection);
    }

    @Override
    public void endRead(Connection connection) throws SQLException {
        boolean wrote;
        try (PreparedStatement asking = connection.prepareStatement("call transaction_id()");
                ResultSet answer = asking.executeQuery()) {
            wrote = answer.next() && answer.getString(1) != null;
        }
        if (wrote) {
            connection.rollback();
            throw new IllegalStateException("a work that only reads changed records; use write");
        }
        // Not a rollback: H2 brings what writers are at to the file at every one, also when there is nothing to take
        // back.
        connection.commit();
    }

    @Override
    public void harden(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("checkpoint sync");
        }
    }

    @Override
    public String doubt(Connection connection) {
        return "";
    }

    @Override
    public String place() {
        return "H2 in " + folder.getFileName();
    }
}
