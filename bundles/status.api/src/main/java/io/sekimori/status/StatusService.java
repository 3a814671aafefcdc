package io.sekimori.status;

import org.osgi.annotation.versioning.ProviderType;

/** Looks at this unit. Thread-safe; each call looks anew, hashes every file of the running generation and may take a second. */
@ProviderType
public interface StatusService {

    /** The status now. Never throws for what is on the disk: what cannot be read is a finding. */
    Status now();

    /**
     * The status now, signed with the device key.
     *
     * @param nonce what the one who asked sent, so that an old answer is known: 0 to 64 of {@code A-Z a-z 0-9 _ -}
     * @return JSON as docs/status.md describes it, at most 512 KiB
     * @throws StatusException if it cannot be signed or numbered
     * @throws IllegalArgumentException if the nonce is malformed
     */
    byte[] signed(String nonce) throws StatusException;
}
