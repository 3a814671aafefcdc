package io.sekimori.vault;

import org.jspecify.annotations.Nullable;

/** The vault refused or could not do it; nothing was changed unless said otherwise. Never holds data or keys. */
public final class VaultException extends Exception {

    private static final long serialVersionUID = 1L;

    private final VaultCode code;

    /**
     * @param code why
     * @param detail safe to show, without data or key material
     * @param cause what failed below, or null if nothing did
     */
    public VaultException(VaultCode code, String detail, @Nullable Throwable cause) {
        super(code + ": " + detail, cause);
        this.code = code;
    }

    /** Why. */
    public VaultCode code() {
        return code;
    }
}
