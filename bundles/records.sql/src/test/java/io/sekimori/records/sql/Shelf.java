package io.sekimori.records.sql;

import io.sekimori.records.Database;
import io.sekimori.records.RecordsException;
import io.sekimori.records.Schema;
import java.sql.PreparedStatement;
import java.sql.ResultSet;

/** The tables that the tests of this bundle use. */
final class Shelf {

    static final Schema SCHEMA = Schema.beside("shelf", Shelf.class, "V1__books.sql", "V2__lent.sql");

    private Shelf() {}

    static void put(Database database, int id, String title) throws RecordsException {
        database.write(connection -> {
            try (PreparedStatement insert =
                    connection.prepareStatement("insert into shelf_book (id, title) values (?, ?)")) {
                insert.setInt(1, id);
                insert.setString(2, title);
                return insert.executeUpdate();
            }
        });
    }

    static long count(Database database) throws RecordsException {
        return database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement("select count(*) from shelf_book");
                    ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        });
    }
}
