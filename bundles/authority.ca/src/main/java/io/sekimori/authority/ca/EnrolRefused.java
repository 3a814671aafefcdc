package io.sekimori.authority.ca;

import io.sekimori.authority.AuthorityCode;
import org.jspecify.annotations.Nullable;

/** A gateway is not given a certificate. Never holds a code. */
final class EnrolRefused extends Exception {

    private static final long serialVersionUID = 1L;

    private final AuthorityCode code;
    private final String detail;

    /** @param detail safe to show to whoever asked */
    EnrolRefused(AuthorityCode code, String detail, @Nullable Throwable cause) {
        super(code + ": " + detail, cause);
        this.code = code;
        this.detail = detail;
    }

    AuthorityCode code() {
        return code;
    }

    String detail() {
        return detail;
    }
}
