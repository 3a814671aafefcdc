package io.sekimori.rollouts;

import org.jspecify.annotations.Nullable;

/** The rollouts could not decide: their records are out of reach. Try again later. */
public final class RolloutException extends Exception {

    private static final long serialVersionUID = 1L;

    private final RolloutCode code;

    /**
     * @param code why
     * @param detail safe to show
     * @param cause what failed below, or null if nothing did
     */
    public RolloutException(RolloutCode code, String detail, @Nullable Throwable cause) {
        super(code + ": " + detail, cause);
        this.code = code;
    }

    /** Why. */
    public RolloutCode code() {
        return code;
    }
}
