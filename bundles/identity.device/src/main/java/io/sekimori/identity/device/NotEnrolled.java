package io.sekimori.identity.device;

import io.sekimori.identity.IdentityCode;
import org.jspecify.annotations.Nullable;

/** A step of an enrolment was refused, here or by the console. Never holds the code. */
final class NotEnrolled extends Exception {

    private static final long serialVersionUID = 1L;

    private final IdentityCode code;
    private final String detail;

    NotEnrolled(IdentityCode code, String detail, @Nullable Throwable cause) {
        super(code + ": " + detail, cause);
        this.code = code;
        this.detail = detail;
    }

    IdentityCode code() {
        return code;
    }

    String detail() {
        return detail;
    }

    /** Whether asking again with the same activation can only end the same. */
    boolean isFinal() {
        return switch (code) {
            case ACTIVATION_MALFORMED,
                    ACTIVATION_EXPIRED,
                    ROOT_DIFFERS,
                    CODE_UNKNOWN,
                    CODE_USED,
                    CODE_EXPIRED,
                    CERTIFICATE_FOREIGN -> true;
            default -> false;
        };
    }
}
