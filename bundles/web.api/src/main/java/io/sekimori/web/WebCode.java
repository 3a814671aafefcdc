package io.sekimori.web;

/**
 * Why a request was refused before or beside its resource. Stable names: add, never rename. Advice for each stands in
 * the resource bundle {@code refusals} next to this class, keyed by the name.
 */
public enum WebCode {
    /** There is nothing at this address. */
    NOT_FOUND,
    /** There is something, but not for this method. */
    METHOD_NOT_ALLOWED,
    /** Nobody is signed in. */
    SESSION_REQUIRED,
    /** The person's roles do not allow it. */
    PERMISSION_MISSING,
    /** The person must choose another password first. */
    PASSWORD_MUST_CHANGE,
    /** The connection showed no certificate of a gateway. */
    CERTIFICATE_REQUIRED,
    /** The certificate counts no longer, or never did. */
    CERTIFICATE_REFUSED,
    /** The request may have been made by another site in the person's browser. */
    ORIGIN_REFUSED,
    /** The address is malformed, or tries to leave its place. */
    ADDRESS_MALFORMED,
    /** A parameter is missing, malformed, out of range or not known. */
    PARAMETER_INVALID,
    /** The body is not of the media type taken here. */
    MEDIA_TYPE_UNSUPPORTED,
    /** The body is larger than allowed. */
    BODY_TOO_LARGE,
    /** The body is not what it says it is. */
    BODY_MALFORMED,
    /** A member of the body is missing, of another type or not known. */
    BODY_INVALID,
    /** The headers are malformed or larger than allowed. */
    HEADERS_REFUSED,
    /** The version that is to be changed was not named. */
    TAG_REQUIRED,
    /** It was changed meanwhile. */
    TAG_STALE,
    /** The file has no such part. */
    RANGE_UNSATISFIABLE,
    /** More is asked of the server than it can do. */
    SERVER_BUSY,
    /** A part that is needed is not there at this moment. */
    PART_ABSENT,
    /** It was tried and did not succeed; the log says why. */
    FAILED
}
