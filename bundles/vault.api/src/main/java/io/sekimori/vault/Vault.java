package io.sekimori.vault;

import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The data of the bundle that uses this service, encrypted with a key of its own. Which bundle that is, the framework
 * says: there is no way to name another. Two versions of one bundle have the same data.
 *
 * <p>Guaranteed: what is given out was written by this bundle under this name, whole and unchanged, and is the latest as
 * far as this provider has seen. Not hidden: names' number, sizes, and when something was written.
 *
 * <p>Thread-safe. A call in flight when its provider is replaced, or made just after, is still served correctly, and so
 * is an open stream.
 */
@ProviderType
public interface Vault {

    /**
     * Keeps a value; durable on return, and a power cut leaves the old value or the new one.
     *
     * @param name 1 to 100 of {@code A-Z a-z 0-9 . _ -}, beginning with a letter or digit
     * @param value at most as large as is configured, 1 MiB by default; not kept, the caller may wipe it
     * @return the version of the entry
     * @throws VaultException if it could not; what had the name before is then still there
     */
    long put(String name, byte[] value) throws VaultException;

    /**
     * A value, or a file that is no larger than a value may be.
     *
     * @return a copy that the caller may wipe; empty if there is nothing of this name
     * @throws VaultException if there is something and it must not be given out
     */
    Optional<byte[]> get(String name) throws VaultException;

    /**
     * Begins to write a file of any length that is configured, 256 MiB by default.
     *
     * @return to be committed, and closed in any case
     */
    VaultOutput write(String name) throws VaultException;

    /**
     * Reads what {@link #write} or {@link #put} wrote. Each chunk of 64 KiB is verified before a byte of it is given out,
     * and the end is reported only when it was verified to be the end: a caller that acts before the end acts on a
     * beginning. Stays readable when the name gets another content meanwhile, and fails when the key is destroyed.
     *
     * @return to be closed, confined to one thread, throws {@link VaultStreamException}; empty if there is nothing
     */
    Optional<InputStream> read(String name) throws VaultException;

    /**
     * Takes a name away; durable on return.
     *
     * @return whether there was something
     */
    boolean remove(String name) throws VaultException;

    /** What is there, sorted by name; empty if nothing is. */
    List<VaultEntry> entries() throws VaultException;
}
