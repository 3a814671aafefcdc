package io.sekimori.tuning;

/**
 * Why a change was not sent. Stable names: add, never rename. Advice for each stands in the resource bundle {@code
 * refusals} next to this class, keyed by the name.
 */
public enum TuningCode {
    /** There is no such gateway. */
    GATEWAY_UNKNOWN,
    /** The gateway has no device key yet. */
    GATEWAY_NOT_ENROLLED,
    /** The gateway did not prove what it has. */
    GATEWAY_SILENT,
    /** The gateway has no such setting or attribute. */
    SETTING_UNKNOWN,
    /** The change does not fit into a mandate. */
    CHANGE_TOO_LARGE,
    /** The director cannot sign. */
    DIRECTOR_UNAVAILABLE,
    /** The records cannot be read or written. */
    RECORDS_UNAVAILABLE,
    /** The change could not be audited. */
    AUDIT_UNAVAILABLE
}
