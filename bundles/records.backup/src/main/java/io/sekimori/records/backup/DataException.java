package io.sekimori.records.backup;

import org.jspecify.annotations.Nullable;

/** A copy was not made or not taken. Never holds a passphrase. */
public final class DataException extends Exception {

    private static final long serialVersionUID = 1L;

    private final DataCode code;

    /**
     * @param code why
     * @param detail safe to show, without secrets
     * @param cause what failed below, or null if nothing did
     */
    public DataException(DataCode code, String detail, @Nullable Throwable cause) {
        super(code + ": " + detail, cause);
        this.code = code;
    }

    /** Why. */
    public DataCode code() {
        return code;
    }
}
