package io.sekimori.config;

/**
 * Why a configuration was not changed or read. Stable names: add, never rename. Advice for each stands in
 * the resource bundle {@code refusals} next to this class, keyed by the name.
 */
public enum ConfigCode {
    /** No installed bundle describes this PID. */
    PID_UNKNOWN,
    /** The PID is not 1 to 200 of {@code A-Z a-z 0-9 . _ ~ -}, or names a factory without an instance. */
    PID_MALFORMED,
    /** The bundle knows no such attribute. */
    ATTRIBUTE_UNKNOWN,
    /** The value is not of the attribute's type. */
    VALUE_OF_WRONG_TYPE,
    /** The value is below the least, above the most, or otherwise refused by the bundle's description. */
    VALUE_OUT_OF_RANGE,
    /** The value is none of the options. */
    VALUE_NOT_AN_OPTION,
    /** The bundle itself looked at the values, and they make no sense to it. */
    VALUE_SENSELESS,
    /** More values than the attribute may have. */
    TOO_MANY_VALUES,
    /** A required attribute would be left without a value. */
    VALUE_MISSING,
    /** A password was given as plain text instead of a secret. */
    SECRET_EXPECTED,
    /** A secret was given for an attribute that is shown to people. */
    SECRET_NOT_EXPECTED,
    /** Somebody else has changed the configuration meanwhile. */
    VERSION_STALE,
    /** There is no such version, or it is no longer kept. */
    VERSION_UNKNOWN,
    /** The configuration is larger than 256 KiB. */
    CONFIGURATION_TOO_LARGE,
    /** The change could not be audited. */
    CONFIG_AUDIT_REFUSED,
    /** Another process is changing configurations. */
    CONFIG_LOCKED,
    /** The history cannot be written: disk full, read-only or failing. */
    HISTORY_UNWRITABLE,
    /** The history cannot be read or is damaged. */
    HISTORY_UNREADABLE,
    /** The framework did not take the configuration; the version before is in force again. */
    ADMIN_REFUSED
}
