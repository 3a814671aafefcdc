package io.sekimori.identity;

/**
 * Why a gateway was not enrolled or cannot prove who it is. Stable names: add, never rename. Advice for each stands in
 * the resource bundle {@code refusals} next to this class, keyed by the name.
 */
public enum IdentityCode {
    /** It is not an activation file or label, or not whole. */
    ACTIVATION_MALFORMED,
    /** Its time is over, by this gateway's clock. */
    ACTIVATION_EXPIRED,
    /** The console is for another maker's software: the activation names another {@code root.json}. */
    ROOT_DIFFERS,
    /** The unit's own {@code trust/root.json} or nameplate cannot be read. */
    TRUST_UNREADABLE,
    /** There is no device key. */
    KEY_MISSING,
    /** The device key must not be used. */
    KEY_REFUSED,
    /** Another enrolment is under way. */
    ENROLMENT_RUNNING,
    /** Nobody answers at the console's address, or not in time. */
    CONSOLE_UNREACHABLE,
    /** Who answers does not have the key that the activation names. Nothing was sent to it. */
    WRONG_PIN,
    /** Who answers has a certificate of the right CA, and not for this address, this use or this time. */
    CONSOLE_NOT_PROVEN,
    /** The console does not know the code, or not for this gateway id. */
    CODE_UNKNOWN,
    /** The code was used by another key, or its certificate is in use already. */
    CODE_USED,
    /** The code's time is over, by the console's clock. */
    CODE_EXPIRED,
    /** There were too many wrong tries from here. */
    TOO_MANY_TRIES,
    /** The console refuses for another reason. */
    CONSOLE_REFUSED,
    /** The console's answer is not what RFC 7030 says. */
    ANSWER_MALFORMED,
    /** The console answered with a certificate for another key, name, use or CA. */
    CERTIFICATE_FOREIGN,
    /** What was kept of the enrolment cannot be read. */
    IDENTITY_UNREADABLE,
    /** The outcome cannot be kept: disk full, read-only or failing. */
    IDENTITY_UNWRITABLE,
    /** What the console says of the time is not signed, answers another question, or lies before what is over for certain. */
    CONSOLE_TIME_WRONG,
    /** There is no certificate that could be renewed. */
    NOT_ENROLLED,
    /** The action could not be audited. */
    IDENTITY_AUDIT_REFUSED
}
