package io.sekimori.records.sql;

import io.sekimori.records.Dialect;
import io.sekimori.records.RecordsException;
import io.sekimori.records.Schema;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Keeps the migrations of each area beside its tables, for both databases, so that a copy of the records can be brought
 * into another kind without the bundles that own the tables. Stateless.
 */
final class Areas {

    /** The table that keeps them. */
    static final Schema SCHEMA = Schema.beside("records", Areas.class, "V1__areas.sql");

    private Areas() {}

    /** Notes the files of {@code schema} that are not noted yet; a released file never changes. */
    static void note(Schema schema, DataSource connections) throws RecordsException, SQLException {
        try (Connection connection = connections.getConnection()) {
            for (Dialect dialect : Dialect.values()) {
                for (int i = 0; i < schema.migrations().size(); i++) {
                    String name = schema.migrations().get(i);
                    note(connection, schema.name(), dialect, i + 1, name, SchemaFiles.read(schema, dialect, name));
                }
            }
            connection.commit();
        }
    }

    private static void note(
            Connection connection, String area, Dialect dialect, int position, String name, String content)
            throws SQLException {
        // Two consoles may note the same at once; H2 in PostgreSQL's mode knows this clause as well.
        String absent = "insert into records_area (area, dialect, position, name, content) values (?, ?, ?, ?, ?)"
                + " on conflict do nothing";
        try (PreparedStatement insert = connection.prepareStatement(absent)) {
            insert.setString(1, area);
            insert.setString(2, dialect.folder());
            insert.setInt(3, position);
            insert.setString(4, name);
            insert.setString(5, content);
            insert.executeUpdate();
        }
    }
}
