package io.sekimori.fleet;

import org.jspecify.annotations.Nullable;

/** The fleet could not decide: its records, the audit or the authority are out of reach. Try again later. */
public final class FleetException extends Exception {

    private static final long serialVersionUID = 1L;

    private final FleetCode code;

    /**
     * @param code why
     * @param detail safe to show
     * @param cause what failed below, or null if nothing did
     */
    public FleetException(FleetCode code, String detail, @Nullable Throwable cause) {
        super(code + ": " + detail, cause);
        this.code = code;
    }

    /** Why. */
    public FleetCode code() {
        return code;
    }
}
