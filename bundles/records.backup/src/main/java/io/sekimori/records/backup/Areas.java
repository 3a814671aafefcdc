package io.sekimori.records.backup;

import io.sekimori.records.Schema;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The areas and their migrations, with which a copy makes the tables. Stateless. */
final class Areas {

    private static final int MOST = 10_000;

    private Areas() {}

    static void write(Connection connection, DataOutputStream out) throws SQLException, IOException {
        out.writeUTF(RecordsCopy.FIRST_LINE);
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select area, dialect, name, content from records_area order by area, dialect, position")) {
            while (rows.next()) {
                out.writeBoolean(true);
                for (String column : List.of("area", "dialect", "name", "content")) {
                    Column.bytes(rows.getString(column).getBytes(StandardCharsets.UTF_8), out);
                }
            }
        }
        out.writeBoolean(false);
    }

    static List<Schema> read(DataInputStream in) throws IOException, DataException {
        Map<String, byte[]> files = new HashMap<>();
        TreeMap<String, TreeSet<String>> names = new TreeMap<>();
        try {
            if (!in.readUTF().equals(RecordsCopy.FIRST_LINE)) {
                throw damaged("it begins otherwise", null);
            }
            while (in.readBoolean() && files.size() < MOST) {
                String area = text(in);
                String dialect = text(in);
                String name = text(in);
                files.put(area + "/" + dialect + "/" + name, Column.bytes(in));
                names.computeIfAbsent(area, key -> new TreeSet<>(Areas::byNumber))
                        .add(name);
            }
            List<Schema> schemas = new ArrayList<>();
            ClassLoader loader = new Files(Map.copyOf(files));
            for (Map.Entry<String, TreeSet<String>> area : names.entrySet()) {
                schemas.add(new Schema(area.getKey(), loader, area.getKey(), List.copyOf(area.getValue())));
            }
            return schemas;
        } catch (IOException | IllegalArgumentException e) {
            throw damaged(String.valueOf(e.getMessage()), e);
        }
    }

    private static int byNumber(String a, String b) {
        return Integer.compare(number(a), number(b));
    }

    private static int number(String name) {
        return Integer.parseInt(name.substring(1, name.indexOf("__")));
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(Column.bytes(in), StandardCharsets.UTF_8);
    }

    private static DataException damaged(String detail, @Nullable Throwable cause) {
        return new DataException(DataCode.DATA_DAMAGED, detail, cause);
    }

    /** Gives the files of a copy as the bundles that own them would. */
    private static final class Files extends ClassLoader {

        private final Map<String, byte[]> files;

        Files(Map<String, byte[]> files) {
            super(null);
            this.files = files;
        }

        @Override
        public @Nullable InputStream getResourceAsStream(String name) {
            byte[] file = files.get(name);
            return file == null ? null : new ByteArrayInputStream(file);
        }
    }
}
