package io.sekimori.records.backup;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ObjLongConsumer;

/** Writes the tables of one transaction. Confined to it. */
final class CopyWriter {

    static final int PROGRESS_ROWS = 1_000;

    private static final int FETCH_ROWS = 500;

    private final Connection connection;
    private final DataOutputStream out;
    private final ObjLongConsumer<String> progress;
    private final Set<String> emptied;

    /** @param emptied tables that are written without their rows */
    CopyWriter(Connection connection, DataOutputStream out, ObjLongConsumer<String> progress, Set<String> emptied) {
        this.connection = connection;
        this.out = out;
        this.progress = progress;
        this.emptied = emptied;
    }

    SortedMap<String, TableFacts> run() throws SQLException, DataException, IOException {
        Areas.write(connection, out);
        SortedMap<String, TableFacts> facts = new TreeMap<>();
        for (String table : Tables.names(connection)) {
            List<Column> columns = Tables.columns(connection, table);
            out.writeBoolean(true);
            out.writeUTF(table);
            out.writeInt(columns.size());
            for (Column column : columns) {
                out.writeUTF(column.name());
                out.writeByte(column.kind().ordinal());
            }
            facts.put(table, rows(table, columns));
        }
        out.writeBoolean(false);
        for (Map.Entry<String, TableFacts> table : facts.entrySet()) {
            out.writeUTF(table.getKey());
            out.writeLong(table.getValue().rows());
            out.writeUTF(table.getValue().sum());
        }
        return facts;
    }

    private TableFacts rows(String table, List<Column> columns) throws SQLException, IOException {
        TableFacts.Counter counter = new TableFacts.Counter();
        long written = 0;
        if (emptied.contains(table)) {
            out.writeBoolean(false);
            return counter.facts();
        }
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(FETCH_ROWS);
            try (ResultSet rows = statement.executeQuery("select * from " + table)) {
                while (rows.next()) {
                    ByteArrayOutputStream row = new ByteArrayOutputStream();
                    DataOutputStream values = new DataOutputStream(row);
                    for (Column column : columns) {
                        column.write(rows, values);
                    }
                    counter.add(row.toByteArray());
                    out.writeBoolean(true);
                    Column.bytes(row.toByteArray(), out);
                    if (++written % PROGRESS_ROWS == 0) {
                        progress.accept(table, written);
                    }
                }
            }
        }
        out.writeBoolean(false);
        progress.accept(table, written);
        return counter.facts();
    }
}
