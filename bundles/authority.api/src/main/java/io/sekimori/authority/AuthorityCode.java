package io.sekimori.authority;

/**
 * Why somebody was not let in or given a certificate, or why the authority cannot work. Stable names: add, never rename.
 * Advice for each stands in the resource bundle {@code refusals} next to this class, keyed by the name.
 */
public enum AuthorityCode {
    /** There is no activation with this code for this gateway. */
    CODE_UNKNOWN,
    /** The code was used by another key, or its certificate is in use already. */
    CODE_USED,
    /** The code's time is over. */
    CODE_EXPIRED,
    /** There were too many wrong tries from this address. */
    TOO_MANY_TRIES,
    /** The request does not say who asks, or not as RFC 7617 wants it. */
    CREDENTIALS_MISSING,
    /** It is not a PKCS#10 request in base64, or too large. */
    REQUEST_MALFORMED,
    /** The request is not signed with the key it is for. */
    REQUEST_NOT_PROVEN,
    /** The key is not one on P-256. */
    KEY_UNSUITABLE,
    /** A renewal asks for another key or name than those of the certificate that is renewed. */
    RENEWAL_DIFFERS,
    /** The gateway was given too many certificates within a day. */
    RENEWED_TOO_OFTEN,
    /** The certificate was not made here. */
    CERTIFICATE_FOREIGN,
    /** The certificate claims to be made here, and there is no record of it. */
    CERTIFICATE_UNKNOWN,
    /** The certificate is revoked. */
    CERTIFICATE_REVOKED,
    /** The certificate is not valid now. */
    CERTIFICATE_EXPIRED,
    /** The console's CA is missing, damaged, or not made for this. */
    AUTHORITY_UNREADABLE,
    /** The key of the CA, or of the console itself, cannot be used. */
    AUTHORITY_KEY_REFUSED,
    /** The records cannot be read or written. */
    AUTHORITY_RECORDS_FAILED,
    /** The action could not be audited. */
    AUTHORITY_AUDIT_REFUSED,
    /** What should become the issuing CA is not signed by this console's root, or forgets what the root revoked. */
    ISSUER_FOREIGN,
    /** What should become the issuing CA is for a key that this console does not have. */
    ISSUER_KEY_UNKNOWN,
    /** It is no request for an issuing CA, for another root, or for a key that was certified before. */
    ISSUER_REQUEST
}
