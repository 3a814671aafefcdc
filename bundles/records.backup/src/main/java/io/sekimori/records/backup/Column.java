package io.sekimori.records.backup;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import org.jspecify.annotations.Nullable;

/**
 * A column, and its values in a form that no database has a say in.
 *
 * @param kind what its values are
 */
record Column(String name, Kind kind) {

    private static final int MOST_BYTES = 64 << 20;

    /** What a value is; the order is part of the format. */
    enum Kind {
        TEXT,
        WHOLE,
        TRUTH,
        BYTES
    }

    /** @throws DataException for a kind that is not known, so that nothing is left out unseen */
    static Column of(String name, int type) throws DataException {
        return new Column(
                name,
                switch (type) {
                    case Types.CHAR, Types.VARCHAR, Types.LONGVARCHAR, Types.CLOB -> Kind.TEXT;
                    case Types.SMALLINT, Types.INTEGER, Types.BIGINT -> Kind.WHOLE;
                    case Types.BOOLEAN, Types.BIT -> Kind.TRUTH;
                    case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> Kind.BYTES;
                    default ->
                        throw new DataException(
                                DataCode.DATA_TYPE_UNSUPPORTED, "column " + name + " is of type " + type, null);
                });
    }

    void write(ResultSet row, DataOutputStream out) throws SQLException, IOException {
        Object value = switch (kind) {
            case TEXT -> row.getString(name);
            case WHOLE -> row.getLong(name);
            case TRUTH -> row.getBoolean(name);
            case BYTES -> row.getBytes(name);
        };
        boolean absent = row.wasNull();
        out.writeBoolean(!absent);
        if (absent) {
            return;
        }
        if (value instanceof String text) {
            bytes(text.getBytes(StandardCharsets.UTF_8), out);
        } else if (value instanceof Long number) {
            out.writeLong(number);
        } else if (value instanceof Boolean truth) {
            out.writeBoolean(truth);
        } else {
            bytes((byte[]) value, out);
        }
    }

    void read(DataInputStream in, PreparedStatement insert, int index) throws SQLException, IOException {
        if (!in.readBoolean()) {
            insert.setNull(index, nullType());
            return;
        }
        switch (kind) {
            case TEXT -> insert.setString(index, new String(bytes(in), StandardCharsets.UTF_8));
            case WHOLE -> insert.setLong(index, in.readLong());
            case TRUTH -> insert.setBoolean(index, in.readBoolean());
            case BYTES -> insert.setBytes(index, bytes(in));
        }
    }

    private int nullType() {
        return switch (kind) {
            case TEXT -> Types.VARCHAR;
            case WHOLE -> Types.BIGINT;
            case TRUTH -> Types.BOOLEAN;
            case BYTES -> Types.VARBINARY;
        };
    }

    static void bytes(byte @Nullable [] bytes, DataOutputStream out) throws IOException {
        byte[] there = bytes == null ? new byte[0] : bytes;
        out.writeInt(there.length);
        out.write(there);
    }

    /** Reads what {@link #bytes(byte[], DataOutputStream)} wrote; never more than is there. */
    static byte[] bytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > MOST_BYTES) {
            throw new IOException("a value has " + length + " bytes");
        }
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new IOException("the file was cut off");
        }
        return bytes;
    }
}
