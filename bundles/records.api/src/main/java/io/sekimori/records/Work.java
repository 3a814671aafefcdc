package io.sekimori.records;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * What is done in one transaction.
 *
 * @param <T> what it finds; Void if nothing
 */
@FunctionalInterface
@ConsumerType
public interface Work<T extends @Nullable Object> {

    /**
     * Does it; may be called again if the transaction is.
     *
     * @param connection open for this call, in a transaction
     * @return what was found
     * @throws SQLException as the database's driver throws it; do not catch it to go on, the transaction is lost
     */
    T run(Connection connection) throws SQLException;
}
