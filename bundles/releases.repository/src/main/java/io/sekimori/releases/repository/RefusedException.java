package io.sekimori.releases.repository;

import io.sekimori.releases.ReleasesCode;
import io.sekimori.trust.TrustException;
import org.jspecify.annotations.Nullable;

/** Something was refused with a code; nothing was changed. */
final class RefusedException extends Exception {

    private static final long serialVersionUID = 1L;

    private static final int MOST_CHARACTERS = 1_000;

    private final String code;
    private final String detail;

    RefusedException(ReleasesCode code, String detail) {
        this(code.name(), detail);
    }

    RefusedException(String code, String detail) {
        this(code, bounded(detail), null);
    }

    RefusedException(TrustException e) {
        this(e.refusal().code().name(), bounded(e.refusal().detail()), e);
    }

    private RefusedException(String code, String detail, @Nullable Throwable cause) {
        super(code + ": " + detail, cause);
        this.code = code;
        this.detail = detail;
    }

    /** It may quote what somebody outside wrote; afterwards the records and the audit take it. */
    static String bounded(String text) {
        String cut = text.length() > MOST_CHARACTERS ? text.substring(0, MOST_CHARACTERS) : text;
        return cut.replaceAll("[\\p{Cntrl}\\p{Cs}]", "?");
    }

    String code() {
        return code;
    }

    String detail() {
        return detail;
    }
}
