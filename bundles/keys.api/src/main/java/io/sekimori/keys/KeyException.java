package io.sekimori.keys;

import org.jspecify.annotations.Nullable;

/** A key was not used, made or destroyed. Whoever needed it must refuse. Never holds key material. */
public final class KeyException extends Exception {

    private static final long serialVersionUID = 1L;

    private final KeyCode code;

    /**
     * @param code why
     * @param detail safe to show, without key material
     * @param cause what failed below, or null if nothing did
     */
    public KeyException(KeyCode code, String detail, @Nullable Throwable cause) {
        super(code + ": " + detail, cause);
        this.code = code;
    }

    /** Why. */
    public KeyCode code() {
        return code;
    }
}
