package io.sekimori.fleet;

/** Where a gateway stands in the ledger. Stable names: add, never rename. */
public enum Life {
    /** Registered; it has not enrolled yet. */
    PROVISIONED,
    /** Enrolled: it has a certificate and may be assigned software. */
    ACTIVATED,
    /** Held for a time: it is assigned nothing, and what it says is not believed. */
    SUSPENDED,
    /** Lost or stolen: as suspended, and its certificate is revoked. */
    LOST,
    /** Out of service for good. */
    RETIRED;

    /** Whether a person may order this change. A retired gateway never comes back, a lost one only goes into retirement. */
    public boolean mayBecome(Life next) {
        return switch (this) {
            case PROVISIONED -> next == RETIRED || next == LOST;
            case ACTIVATED -> next == SUSPENDED || next == LOST || next == RETIRED;
            case SUSPENDED -> next == ACTIVATED || next == LOST || next == RETIRED;
            case LOST -> next == RETIRED;
            case RETIRED -> false;
        };
    }
}
