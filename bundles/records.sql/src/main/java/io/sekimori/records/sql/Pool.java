package io.sekimori.records.sql;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.sekimori.records.RecordsException;
import io.sekimori.records.Schema;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The connections to one database, opened at the first use. Once retired it is closed with its last user; a later one
 * opens it again for itself, so that a call made while this bundle is replaced is still served.
 *
 * <p>Thread-safe.
 */
final class Pool {

    /** Something done while connections are open. */
    @FunctionalInterface
    interface Use<T extends @Nullable Object> {
        T with(DataSource connections) throws RecordsException, SQLException;
    }

    private final Target target;
    private final Settings settings;
    private final Object lock = new Object();
    private @Nullable HikariDataSource open;
    private int users;
    private boolean retired;

    private final Object migrating = new Object();
    private final Map<String, Schema> migrated = new HashMap<>();

    Pool(Target target, Settings settings) {
        this.target = target;
        this.settings = settings;
    }

    Target target() {
        return target;
    }

    /** Runs {@code use}; what its statements throw is told as what it means. */
    <T extends @Nullable Object> T run(Use<T> use) throws RecordsException {
        try {
            DataSource connections = enter();
            return use.with(connections);
        } catch (SQLException e) {
            throw Fault.of(e);
        } finally {
            leave();
        }
    }

    /** Brings the tables of {@code schema} up to date, once. */
    void migrate(Schema schema) throws RecordsException {
        synchronized (migrating) {
            if (schema.equals(migrated.get(schema.name()))) {
                return;
            }
            // Its own connections: Flyway takes several at once, and one of them waits for the lock.
            run(connections -> {
                try (Connection turn = target.dataSource().getConnection()) {
                    turn.setAutoCommit(false);
                    target.beginMigration(turn);
                    if (migrated.isEmpty()) {
                        Migrations.run(Areas.SCHEMA, target.dialect(), target.dataSource());
                    }
                    Migrations.run(schema, target.dialect(), target.dataSource());
                    turn.rollback();
                }
                Areas.note(schema, connections);
                return null;
            });
            migrated.put(schema.name(), schema);
        }
    }

    /** Closes the connections as soon as nobody uses them. */
    void retire() {
        synchronized (lock) {
            retired = true;
            closeIfUnused();
        }
    }

    private DataSource enter() throws RecordsException, SQLException {
        synchronized (lock) {
            users++;
            HikariDataSource current = open;
            if (current == null) {
                current = connect();
                open = current;
            }
            return current;
        }
    }

    private void leave() {
        synchronized (lock) {
            users--;
            closeIfUnused();
        }
    }

    private void closeIfUnused() {
        HikariDataSource current = open;
        if (retired && users == 0 && current != null) {
            open = null;
            current.close();
        }
    }

    private HikariDataSource connect() throws RecordsException, SQLException {
        DataSource source = target.dataSource();
        // Asked directly first: a pool would try again and again, and tell of a timeout rather than of the reason.
        try (Connection connection = source.getConnection()) {
            target.prepare(connection);
        }
        HikariConfig config = new HikariConfig();
        config.setDataSource(source);
        config.setPoolName("sekimori-records");
        config.setAutoCommit(false);
        config.setMaximumPoolSize(settings.connections());
        config.setMinimumIdle(1);
        config.setConnectionTimeout(settings.patience().toMillis());
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }
}
