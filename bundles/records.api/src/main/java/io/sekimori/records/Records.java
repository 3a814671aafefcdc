package io.sekimori.records;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Opens the tables of one area.
 *
 * <p>Thread-safe. A call in flight when the provider is replaced is still served. A {@link Database} belongs to the
 * provider that opened it, so ask for it at each use rather than keeping it; after the first time that costs nothing.
 */
@ProviderType
public interface Records {

    /**
     * Brings the tables of {@code schema} up to date, once per provider, and answers with access to them. Two consoles
     * that do it at the same time wait for each other.
     *
     * @throws RecordsException if the database cannot be reached or its tables not be brought up to date
     */
    Database open(Schema schema) throws RecordsException;
}
