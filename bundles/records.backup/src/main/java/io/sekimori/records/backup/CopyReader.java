package io.sekimori.records.backup;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ObjLongConsumer;
import java.util.stream.Collectors;

/** Fills the tables within one transaction. Confined to it. */
final class CopyReader {

    private static final int BATCH_ROWS = 500;

    private final Connection connection;
    private final DataInputStream in;
    private final ObjLongConsumer<String> progress;

    CopyReader(Connection connection, DataInputStream in, ObjLongConsumer<String> progress) {
        this.connection = connection;
        this.in = in;
        this.progress = progress;
    }

    /** What the stream says of each table. */
    SortedMap<String, TableFacts> run() throws SQLException, DataException, IOException {
        try {
            List<String> names = Tables.names(connection);
            SortedMap<String, TableFacts> read = new TreeMap<>();
            while (in.readBoolean()) {
                String table = in.readUTF();
                if (!names.contains(table)) {
                    throw new DataException(DataCode.DATA_DAMAGED, "no migration makes the table " + table, null);
                }
                read.put(table, table(table, columns(table)));
            }
            for (Map.Entry<String, TableFacts> table : read.entrySet()) {
                TableFacts told = in.readUTF().equals(table.getKey())
                        ? new TableFacts(in.readLong(), in.readUTF())
                        : new TableFacts(-1, "");
                if (!told.equals(table.getValue())) {
                    throw new DataException(DataCode.DATA_DAMAGED, table.getKey() + " is not as it was", null);
                }
            }
            return read;
        } catch (EOFException e) {
            throw new DataException(DataCode.DATA_DAMAGED, "the file was cut off", e);
        }
    }

    private List<Column> columns(String table) throws SQLException, DataException, IOException {
        List<Column> columns = new ArrayList<>();
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            String name = in.readUTF();
            int kind = in.readByte();
            if (kind < 0 || kind >= Column.Kind.values().length) {
                throw new DataException(DataCode.DATA_DAMAGED, "a column is of no kind", null);
            }
            columns.add(new Column(name, Column.Kind.values()[kind]));
        }
        // Names go into a statement, so only those that the database has itself are taken.
        if (!columns.equals(Tables.columns(connection, table))) {
            throw new DataException(DataCode.DATA_DAMAGED, table + " has other columns", null);
        }
        return columns;
    }

    private TableFacts table(String table, List<Column> columns) throws SQLException, DataException, IOException {
        requireEmpty(table);
        TableFacts.Counter counter = new TableFacts.Counter();
        String names = columns.stream().map(Column::name).collect(Collectors.joining(", "));
        String places = columns.stream().map(column -> "?").collect(Collectors.joining(", "));
        long rows = 0;
        try (PreparedStatement insert =
                connection.prepareStatement("insert into " + table + " (" + names + ") values (" + places + ")")) {
            while (in.readBoolean()) {
                byte[] row = Column.bytes(in);
                counter.add(row);
                DataInputStream values = new DataInputStream(new ByteArrayInputStream(row));
                for (int i = 0; i < columns.size(); i++) {
                    columns.get(i).read(values, insert, i + 1);
                }
                insert.addBatch();
                if (++rows % BATCH_ROWS == 0) {
                    insert.executeBatch();
                    progress.accept(table, rows);
                }
            }
            insert.executeBatch();
        }
        progress.accept(table, rows);
        return counter.facts();
    }

    private void requireEmpty(String table) throws SQLException, DataException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select 1 from " + table + " limit 1")) {
            if (row.next()) {
                throw new DataException(DataCode.DATA_TARGET_NOT_EMPTY, table + " holds something", null);
            }
        }
    }
}
