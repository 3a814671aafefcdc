package io.sekimori.records.backup;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The tables of the records, those first that others refer to. Stateless. */
final class Tables {

    /** The areas' own books, and what records.sql keeps for itself: a copy makes them anew. */
    private static final Set<String> OWN = Set.of("records_area", "sekimori_writer");

    private Tables() {}

    static List<String> names(Connection connection) throws SQLException {
        DatabaseMetaData meta = connection.getMetaData();
        TreeMap<String, Set<String>> needs = new TreeMap<>();
        try (ResultSet tables = meta.getTables(null, connection.getSchema(), "%", null)) {
            while (tables.next()) {
                String name = tables.getString("TABLE_NAME");
                if (tables.getString("TABLE_TYPE").endsWith("TABLE")
                        && !OWN.contains(name)
                        && !name.endsWith("_migrations")) {
                    needs.put(name, new HashSet<>());
                }
            }
        }
        for (String name : needs.keySet()) {
            try (ResultSet keys = meta.getImportedKeys(null, connection.getSchema(), name)) {
                while (keys.next()) {
                    String other = keys.getString("PKTABLE_NAME");
                    if (!other.equals(name)) {
                        needs.get(name).add(other);
                    }
                }
            }
        }
        return sorted(needs);
    }

    private static List<String> sorted(TreeMap<String, Set<String>> needs) throws SQLException {
        List<String> sorted = new ArrayList<>();
        TreeSet<String> left = new TreeSet<>(needs.keySet());
        while (!left.isEmpty()) {
            List<String> free = left.stream()
                    .filter(name -> sorted.containsAll(needs.get(name)))
                    .toList();
            if (free.isEmpty()) {
                throw new SQLException("tables refer to each other in a circle: " + left);
            }
            sorted.addAll(free);
            free.forEach(left::remove);
        }
        return sorted;
    }

    static List<Column> columns(Connection connection, String table) throws SQLException, DataException {
        List<Column> columns = new ArrayList<>();
        try (ResultSet found = connection.getMetaData().getColumns(null, connection.getSchema(), table, "%")) {
            while (found.next()) {
                if (found.getString("IS_AUTOINCREMENT").equals("YES")) {
                    throw new DataException(
                            DataCode.DATA_TYPE_UNSUPPORTED, table + " numbers its rows by itself", null);
                }
                columns.add(Column.of(found.getString("COLUMN_NAME"), found.getInt("DATA_TYPE")));
            }
        }
        columns.sort(Comparator.comparing(Column::name));
        return columns;
    }
}
