package io.sekimori.config;

import org.jspecify.annotations.Nullable;

/** Configurations could not be read or noted. Never holds a value of a password. */
public final class ConfigException extends Exception {

    private static final long serialVersionUID = 1L;

    private final ConfigCode code;

    /**
     * @param code why
     * @param detail safe to show
     * @param cause what failed below, or null if nothing did
     */
    public ConfigException(ConfigCode code, String detail, @Nullable Throwable cause) {
        super(code + ": " + detail, cause);
        this.code = code;
    }

    /** Why. */
    public ConfigCode code() {
        return code;
    }
}
