package io.sekimori.audit;

import org.jspecify.annotations.Nullable;

/** The audit could not record or read. Whoever wanted to act must refuse, with this code as the cause. */
public final class AuditException extends Exception {

    private static final long serialVersionUID = 1L;

    private final AuditCode code;

    /**
     * @param code why
     * @param detail safe to show, without secrets
     * @param cause what failed below, or null if nothing did
     */
    public AuditException(AuditCode code, String detail, @Nullable Throwable cause) {
        super(code + ": " + detail, cause);
        this.code = code;
    }

    /** Why. */
    public AuditCode code() {
        return code;
    }
}
