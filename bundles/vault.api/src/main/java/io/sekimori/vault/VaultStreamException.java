package io.sekimori.vault;

import java.io.IOException;

/** A stream into or out of the vault failed; nothing that it gave before may be taken for the whole. */
public final class VaultStreamException extends IOException {

    private static final long serialVersionUID = 1L;

    private final VaultCode code;

    /** @param cause why */
    public VaultStreamException(VaultException cause) {
        super(cause.getMessage(), cause);
        this.code = cause.code();
    }

    /** Why. */
    public VaultCode code() {
        return code;
    }
}
