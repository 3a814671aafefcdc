package io.sekimori.records.sql;

import io.sekimori.records.Database;
import io.sekimori.records.Dialect;
import io.sekimori.records.RecordsCode;
import io.sekimori.records.RecordsException;
import io.sekimori.records.Work;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Transactions on one pool, run again when others were in the way. Thread-safe. */
final class SqlDatabase implements Database {

    private static final int MOST_TRIES = 20;
    private static final long SHORTEST_PAUSE_NANOS = 500_000;
    private static final long LONGEST_PAUSE_NANOS = 100_000_000;

    private final Pool pool;
    private final Duration patience;
    private final ThreadLocal<Boolean> busy;

    /** @param busy whether the thread is in a transaction, shared by all databases of one provider */
    SqlDatabase(Pool pool, Duration patience, ThreadLocal<Boolean> busy) {
        this.pool = pool;
        this.patience = patience;
        this.busy = busy;
    }

    @Override
    public <T extends @Nullable Object> T read(Work<T> work) throws RecordsException {
        return alone(connections -> repeatedly(() -> {
            try (Connection connection = connections.getConnection()) {
                pool.target().beginRead(connection);
                T found = run(work, connection);
                pool.target().endRead(connection);
                return found;
            }
        }));
    }

    @Override
    public <T extends @Nullable Object> T write(Work<T> work) throws RecordsException {
        return alone(connections -> pool.target().write(work, writer(connections)));
    }

    private Turns.Writer writer(DataSource connections) {
        return new Turns.Writer() {
            @Override
            public <T extends @Nullable Object> T write(Work<T> work) throws SQLException, RecordsException {
                return repeatedly(() -> SqlDatabase.this.write(work, connections));
            }
        };
    }

    private <T extends @Nullable Object> T write(Work<T> work, DataSource connections)
            throws SQLException, RecordsException {
        boolean committed = false;
        try (Connection connection = connections.getConnection()) {
            pool.target().beginWrite(connection);
            T found = run(work, connection);
            commit(connection);
            committed = true;
            return found;
        } catch (SQLException e) {
            if (committed) {
                throw uncertain(e); // it was not given back as it should be; run again it would be done twice
            }
            throw e;
        }
    }

    @Override
    public Dialect dialect() {
        return pool.target().dialect();
    }

    private <T extends @Nullable Object> T run(Work<T> work, Connection connection) throws SQLException {
        boolean done = false;
        try {
            T found = work.run(connection);
            done = true;
            return found;
        } finally {
            if (!done) {
                undo(connection);
            }
        }
    }

    /** Ends a transaction that failed; a connection that cannot even do that is thrown away by the pool. */
    private static void undo(Connection connection) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            // What made the work fail is what the caller hears.
        }
    }

    private void commit(Connection connection) throws SQLException, RecordsException {
        try {
            connection.commit();
        } catch (SQLException e) {
            if (Fault.isBroken(e)) {
                throw uncertain(e);
            }
            undo(connection);
            throw e;
        }
        try {
            pool.target().harden(connection);
        } catch (SQLException e) {
            throw uncertain(e);
        }
    }

    private static RecordsException uncertain(SQLException e) {
        return new RecordsException(RecordsCode.RECORDS_UNCERTAIN, "during the commit: " + e.getMessage(), e);
    }

    /** Runs {@code use} on a thread that is in no transaction. */
    private <T extends @Nullable Object> T alone(Pool.Use<T> use) throws RecordsException {
        if (busy.get()) {
            throw new IllegalStateException("transactions are not nested");
        }
        busy.set(true);
        try {
            return pool.run(use);
        } finally {
            busy.set(false);
        }
    }

    private interface Transaction<T extends @Nullable Object> {
        T run() throws RecordsException, SQLException;
    }

    private <T extends @Nullable Object> T repeatedly(Transaction<T> transaction)
            throws RecordsException, SQLException {
        long end = System.nanoTime() + patience.toNanos();
        long pause = SHORTEST_PAUSE_NANOS;
        for (int tries = 1; ; tries++) {
            try {
                return transaction.run();
            } catch (SQLException e) {
                if (!Fault.isContention(e) || tries == MOST_TRIES || System.nanoTime() - end >= 0) {
                    throw e;
                }
            }
            // Not the same pause for all, or those who met would meet again.
            LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(pause, 2 * pause));
            pause = Math.min(2 * pause, LONGEST_PAUSE_NANOS);
        }
    }
}
