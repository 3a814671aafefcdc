package io.sekimori.insight;

import org.jspecify.annotations.Nullable;

/** Nothing could be decided: records or fleet are out of reach. Try again later. */
public final class InsightException extends Exception {

    private static final long serialVersionUID = 1L;

    private final InsightCode code;

    /**
     * @param code why
     * @param detail safe to show
     * @param cause what failed below, or null if nothing did
     */
    public InsightException(InsightCode code, String detail, @Nullable Throwable cause) {
        super(code + ": " + detail, cause);
        this.code = code;
    }

    /** Why. */
    public InsightCode code() {
        return code;
    }
}
