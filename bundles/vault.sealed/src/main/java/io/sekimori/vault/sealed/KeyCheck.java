package io.sekimori.vault.sealed;

import io.sekimori.vault.VaultException;

/** Fails if the key that an open file was opened with is not there any more. */
interface KeyCheck {

    /** In how many chunks an open file asks again: what another version of this bundle destroyed shows within 1 MiB. */
    int EVERY_CHUNKS = 16;

    void requireSame() throws VaultException;
}
