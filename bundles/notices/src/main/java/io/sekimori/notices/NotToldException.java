package io.sekimori.notices;

import java.io.IOException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Somebody was not told, and why. */
final class NotToldException extends IOException {

    private static final long serialVersionUID = 1L;

    private final NoticesCode code;

    NotToldException(NoticesCode code, String detail) {
        this(code, detail, null);
    }

    NotToldException(NoticesCode code, String detail, @Nullable Throwable cause) {
        super(detail, cause);
        this.code = code;
    }

    /** The reason of a failure: its own, or what Java's say. */
    static NoticesCode code(IOException failure) {
        if (failure instanceof NotToldException told) {
            return told.code;
        }
        return failure instanceof SSLException ? NoticesCode.NOTICE_UNTRUSTED : NoticesCode.NOTICE_UNREACHED;
    }
}
