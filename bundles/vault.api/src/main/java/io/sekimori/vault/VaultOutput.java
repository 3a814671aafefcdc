package io.sekimori.vault;

import java.io.IOException;
import java.io.OutputStream;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A file on its way into the vault. Nothing of it can be read before {@link #commit}, and nothing is left of it when it
 * is closed without; what had the name before stays until then. No plain byte reaches the disk.
 *
 * <p>Confined to one thread. Its methods throw {@link VaultStreamException}.
 */
@ProviderType
public abstract class VaultOutput extends OutputStream {

    /** For providers. */
    protected VaultOutput() {}

    /**
     * Makes the file the content of its name; durable on return. Nothing can be written afterwards.
     *
     * @return the version of the entry
     * @throws VaultStreamException if it could not; what had the name before is then still there
     */
    public abstract long commit() throws IOException;
}
