package io.sekimori.demo.traffic;

import org.jspecify.annotations.Nullable;

/** A caller did not get what it called for. */
final class LostCall extends Exception {

    private static final long serialVersionUID = 1L;

    LostCall(String why, @Nullable Throwable cause) {
        super(cause == null ? why : why + ": " + cause, cause);
    }
}
