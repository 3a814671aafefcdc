package io.sekimori.settings;

import org.jspecify.annotations.Nullable;

/** A request ends here. {@code detail} is safe to show. */
final class Stopped extends Exception {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final String detail;

    Stopped(int status, String code, String detail, @Nullable Throwable cause) {
        super(code + ": " + detail, cause);
        this.status = status;
        this.code = code;
        this.detail = detail;
    }

    Stopped(int status, SettingsCode code, String detail) {
        this(status, code.name(), detail, null);
    }

    int status() {
        return status;
    }

    String code() {
        return code;
    }

    String detail() {
        return detail;
    }
}
