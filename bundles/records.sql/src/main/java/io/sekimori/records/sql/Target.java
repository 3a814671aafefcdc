package io.sekimori.records.sql;

import io.sekimori.records.Dialect;
import io.sekimori.records.RecordsException;
import io.sekimori.records.Work;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** One kind of database: how to reach it, and how a transaction there is made. Thread-safe. */
interface Target {

    Dialect dialect();

    /** Where connections come from; fails for settings that cannot be used. */
    DataSource dataSource() throws RecordsException;

    /** Makes the database ready for the first transaction ever. */
    void prepare(Connection connection) throws SQLException;

    /** Begins a transaction that reads. */
    void beginRead(Connection connection) throws SQLException;

    /** Writes by {@code writer}, which runs a transaction, together with others where that spares commits. */
    <T extends @Nullable Object> T write(Work<T> work, Turns.Writer writer) throws SQLException, RecordsException;

    /** Begins a transaction that writes. */
    void beginWrite(Connection connection) throws SQLException;

    /** Begins a transaction that keeps others from making tables at the same time, for as long as it is open. */
    void beginMigration(Connection connection) throws SQLException;

    /**
     * Ends a transaction that read.
     *
     * @throws IllegalStateException if it wrote
     */
    void endRead(Connection connection) throws SQLException;

    /** Makes sure that what was committed on {@code connection} is on disk. */
    void harden(Connection connection) throws SQLException;

    /** What keeps the disk from being trusted; empty if nothing does. */
    String doubt(Connection connection) throws SQLException;

    /** Where it is, for people; without secrets. */
    String place();
}
