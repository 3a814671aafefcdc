package io.sekimori.fleet.records;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;

/**
 * Any number of gateways asked for in one statement. Joined as a table: with {@code in (?,?,...)} H2 compares each row that
 * it finds with every one of them. Stateless.
 */
final class Asked {

    /** A table {@code asked} with the column {@code id}, out of one parameter that {@link #ids} makes. */
    static final String TABLE = "unnest(cast(? as varchar array)) as asked(id)";

    private Asked() {}

    static Array ids(Connection connection, Collection<String> ids) throws SQLException {
        return connection.createArrayOf("varchar", ids.toArray());
    }
}
