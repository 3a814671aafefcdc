package io.sekimori.records.backup;

import io.sekimori.records.Records;
import io.sekimori.records.RecordsException;
import io.sekimori.records.Schema;
import io.sekimori.records.Work;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.ObjLongConsumer;

/**
 * All records as a stream that belongs to no database: written from one state of the database while the console works, and
 * read into an empty one of either kind. Holds one row in memory at a time. Stateless.
 */
public final class RecordsCopy {

    static final String FIRST_LINE = "sekimori-records 1";

    /** Any area opens the records; this one has no tables. */
    private static final Schema NOTHING = new Schema("copy", RecordsCopy.class.getClassLoader(), "none", List.of());

    private RecordsCopy() {}

    /** Opens the stream to be read, anew at each call. */
    @FunctionalInterface
    public interface Source {

        /** The stream from its beginning; closed by whoever asked. */
        InputStream open() throws IOException;
    }

    /**
     * Writes all records.
     *
     * @param progress told the table and the rows written of it, now and then
     * @return what each table holds
     */
    public static SortedMap<String, TableFacts> write(
            Records records, OutputStream out, ObjLongConsumer<String> progress)
            throws RecordsException, DataException, IOException {
        return write(records, out, progress, Set.of());
    }

    /** The same, but for the rows of some tables. */
    static SortedMap<String, TableFacts> write(
            Records records, OutputStream out, ObjLongConsumer<String> progress, Set<String> emptied)
            throws RecordsException, DataException, IOException {
        DataOutputStream data = new DataOutputStream(new BufferedOutputStream(out));
        SortedMap<String, TableFacts> facts =
                inTransaction(records, false, connection -> new CopyWriter(connection, data, progress, emptied).run());
        data.flush();
        return facts;
    }

    /**
     * Fills empty records, and compares what is then in them with what the stream says.
     *
     * @param progress told the table and the rows read of it, now and then
     * @return what each table holds
     * @throws DataException if the records hold something, the stream is damaged, or the comparison fails
     */
    public static SortedMap<String, TableFacts> read(Source source, Records records, ObjLongConsumer<String> progress)
            throws RecordsException, DataException, IOException {
        try (InputStream in = source.open()) {
            for (Schema schema : Areas.read(data(in))) {
                records.open(schema);
            }
        }
        Map<String, TableFacts> told = inTransaction(records, true, connection -> {
            try (InputStream in = source.open()) {
                DataInputStream data = data(in);
                Areas.read(data);
                return new CopyReader(connection, data, progress).run();
            }
        });
        SortedMap<String, TableFacts> found = facts(records);
        if (!found.equals(told)) {
            throw new DataException(DataCode.DATA_UNLIKE, "told " + told + ", found " + found, null);
        }
        return found;
    }

    /** What each table holds. */
    public static SortedMap<String, TableFacts> facts(Records records) throws RecordsException, DataException {
        try {
            return write(records, OutputStream.nullOutputStream(), (table, rows) -> {});
        } catch (IOException e) {
            throw new UncheckedIOException("writing to nothing does not fail", e);
        }
    }

    static DataInputStream data(InputStream in) {
        return new DataInputStream(new BufferedInputStream(in));
    }

    /** What a copy does in a transaction. */
    @FunctionalInterface
    private interface Deed<T> {
        T run(java.sql.Connection connection) throws java.sql.SQLException, DataException, IOException;
    }

    /** Carries what is not an error of the database through the transaction. */
    private static final class Undone extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Undone(Throwable reason) {
            super(reason);
        }
    }

    private static <T> T inTransaction(Records records, boolean writing, Deed<T> deed)
            throws RecordsException, DataException, IOException {
        Work<T> work = connection -> {
            try {
                return deed.run(connection);
            } catch (DataException | IOException e) {
                throw new Undone(e);
            }
        };
        try {
            return writing
                    ? records.open(NOTHING).write(work)
                    : records.open(NOTHING).read(work);
        } catch (Undone e) {
            if (e.getCause() instanceof DataException refused) {
                throw refused;
            }
            throw (IOException) e.getCause();
        }
    }
}
