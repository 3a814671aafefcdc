package io.sekimori.tuning.records;

import io.sekimori.tuning.TuningCode;
import org.jspecify.annotations.Nullable;

/** A change ends here, before it was sent. {@code detail} is safe to show. */
final class Stopped extends Exception {

    private static final long serialVersionUID = 1L;

    private final TuningCode code;
    private final String detail;

    Stopped(TuningCode code, String detail, @Nullable Throwable cause) {
        super(code + ": " + detail, cause);
        this.code = code;
        this.detail = detail;
    }

    TuningCode code() {
        return code;
    }

    String detail() {
        return detail;
    }
}
