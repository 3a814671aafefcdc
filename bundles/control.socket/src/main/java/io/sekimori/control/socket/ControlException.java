package io.sekimori.control.socket;

import io.sekimori.trust.RefusalCode;
import org.jspecify.annotations.Nullable;

/** No answer, or none that is of use. */
public final class ControlException extends Exception {

    private static final long serialVersionUID = 1L;

    private final ControlCode code;

    /** @param detail safe to show */
    public ControlException(ControlCode code, String detail, @Nullable Throwable cause) {
        super(detail, cause);
        this.code = code;
    }

    /** Why. */
    public RefusalCode code() {
        return code;
    }
}
