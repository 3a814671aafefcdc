package io.sekimori.itests.traffic;

import org.jspecify.annotations.Nullable;

/** A caller did not get what it called for. */
public final class LostCall extends Exception {

    private static final long serialVersionUID = 1L;

    public LostCall(String what, @Nullable Throwable cause) {
        super(cause == null ? what : what + ": " + cause, cause);
    }
}
