package io.sekimori.releases.repository;

import io.sekimori.releases.ReleasesCode;
import io.sekimori.trust.TrustException;

/** Something was refused with a code; nothing was changed. */
final class RefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final String code;
    private final String detail;

    RefusedException(ReleasesCode code, String detail) {
        this(code.name(), detail);
    }

    RefusedException(String code, String detail) {
        super(code + ": " + detail);
        this.code = code;
        this.detail = detail;
    }

    RefusedException(TrustException e) {
        super(e.getMessage(), e);
        this.code = e.refusal().code().name();
        this.detail = e.refusal().detail();
    }

    String code() {
        return code;
    }

    String detail() {
        return detail;
    }
}
