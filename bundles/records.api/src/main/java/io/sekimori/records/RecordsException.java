package io.sekimori.records;

import org.jspecify.annotations.Nullable;

/** Records were not read or not written. Never holds a password. */
public final class RecordsException extends Exception {

    private static final long serialVersionUID = 1L;

    private final RecordsCode code;

    /**
     * @param code why
     * @param detail safe to show, without secrets
     * @param cause what failed below, or null if nothing did
     */
    public RecordsException(RecordsCode code, String detail, @Nullable Throwable cause) {
        super(code + ": " + detail, cause);
        this.code = code;
    }

    /** Why. */
    public RecordsCode code() {
        return code;
    }
}
