package io.sekimori.records;

import org.jspecify.annotations.Nullable;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Runs transactions. The connection handed to a {@link Work} is used by its thread alone, until the work returns; the
 * work neither commits nor closes it.
 *
 * <p>Thread-safe. Transactions are not nested: a work that calls {@link #read} or {@link #write} gets an
 * {@link IllegalStateException}.
 */
@ProviderType
public interface Database {

    /**
     * Reads one consistent state of all tables. The work cannot change anything.
     *
     * @return what the work returned
     * @throws RecordsException if it could not be read
     */
    <T extends @Nullable Object> T read(Work<T> work) throws RecordsException;

    /**
     * Runs {@code work} as one transaction, as if no other ran at the same time. On return it is on disk. When another
     * transaction is in the way it is undone and run again, a bounded number of times, so it must have no effect but
     * on the tables. An exception of the work undoes it.
     *
     * @return what the work returned in the run that counted
     * @throws RecordsException if nothing was changed; with {@link RecordsCode#RECORDS_UNCERTAIN} alone, the
     *     connection broke during the commit and it may have been
     */
    <T extends @Nullable Object> T write(Work<T> work) throws RecordsException;

    /** Which SQL the database speaks, for the few statements that differ. */
    Dialect dialect();
}
