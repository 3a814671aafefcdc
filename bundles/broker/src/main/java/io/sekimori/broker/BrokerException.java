package io.sekimori.broker;

import io.sekimori.trust.Refusal;

/** The broker cannot start or go on; the refusal says why. */
public final class BrokerException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;

    BrokerException(BrokerCode code, String detail) {
        super(code + ": " + detail);
        this.refusal = new Refusal(code, detail);
    }

    BrokerException(BrokerCode code, String detail, Throwable cause) {
        super(code + ": " + detail, cause);
        this.refusal = new Refusal(code, detail);
    }

    /** Why. */
    public Refusal refusal() {
        return refusal;
    }
}
