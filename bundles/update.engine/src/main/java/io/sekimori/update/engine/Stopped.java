package io.sekimori.update.engine;

import io.sekimori.update.Reason;
import io.sekimori.update.UpdateCode;

/** A transition cannot go on, or was cancelled; whatever it has done must be taken back. */
final class Stopped extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Reason reason;

    Stopped(Reason reason) {
        super(reason.code() + ": " + reason.detail());
        this.reason = reason;
    }

    Stopped(Reason reason, Throwable cause) {
        super(reason.code() + ": " + reason.detail(), cause);
        this.reason = reason;
    }

    Stopped(UpdateCode code, String detail) {
        this(Reason.of(code, detail));
    }

    Stopped(UpdateCode code, String detail, Throwable cause) {
        this(Reason.of(code, detail + ": " + said(cause)), cause);
    }

    Reason reason() {
        return reason;
    }

    boolean cancelled() {
        return reason.code().equals(UpdateCode.CANCELLED.name());
    }

    private static String said(Throwable cause) {
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
