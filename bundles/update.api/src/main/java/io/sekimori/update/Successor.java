package io.sekimori.update;

import org.osgi.annotation.versioning.ProviderType;

/**
 * The other version of the engine, which takes an open transition over when the engine itself is swapped: forwards to
 * the new version, and back to the old one when the transition is reverted.
 */
@ProviderType
public interface Successor {

    /**
     * Takes over the transition that the journal describes. When this answers true the caller does nothing more for
     * the transition, leaves the launcher's deadline armed for the other one, and may be stopped at any time.
     *
     * @param id of the transition, which must be the journal's
     * @return false if the journal cannot be read or does not fit; the caller keeps the transition and reverts
     */
    boolean takeOver(String id);
}
