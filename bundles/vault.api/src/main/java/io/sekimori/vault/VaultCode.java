package io.sekimori.vault;

/**
 * Why the vault did not take, give or destroy something. Stable names: add, never rename. Advice for each stands in the
 * resource bundle {@code refusals} next to this class, keyed by the name.
 */
public enum VaultCode {
    /** The name is not 1 to 100 of {@code A-Z a-z 0-9 . _ -} beginning with a letter or digit. */
    VAULT_NAME_MALFORMED,
    /** The bundle's symbolic name cannot be the name of a folder. */
    VAULT_OWNER_MALFORMED,
    /** No bundle of this name ever had data here. */
    VAULT_OWNER_UNKNOWN,
    /** The value or file is larger than is allowed, or than can be read at once. */
    VAULT_TOO_LARGE,
    /** The bundle has as much data, as many entries or as many open files as it may have. */
    VAULT_FULL,
    /** What lies on the disk is not what was written: changed, cut off, exchanged or gone. */
    VAULT_DAMAGED,
    /** What lies on the disk is older than what was there before. */
    VAULT_ROLLED_BACK,
    /** The key was destroyed; what it protected cannot be read by anybody. */
    VAULT_KEY_DESTROYED,
    /** The gateway's keys are not there or must not be used. */
    VAULT_KEY_UNAVAILABLE,
    /** While this file was written, a later one took its name. */
    VAULT_OVERTAKEN,
    /** The data cannot be read from the disk. */
    VAULT_UNREADABLE,
    /** The data cannot be written: disk full, read-only or failing. */
    VAULT_UNWRITABLE,
    /** Another held this bundle's data for too long. */
    VAULT_LOCKED,
    /** The action could not be audited. */
    VAULT_AUDIT_REFUSED,
    /** The request does not say whose data to destroy, or why. */
    VAULT_REQUEST_MALFORMED
}
