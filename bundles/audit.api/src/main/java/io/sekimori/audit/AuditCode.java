package io.sekimori.audit;

/**
 * Why the audit refused or is broken. Stable names: add, never rename. Advice for each stands in the
 * resource bundle {@code refusals} next to this class, keyed by the name.
 */
public enum AuditCode {
    /** The disk did not take the record: full, read-only or failing. */
    AUDIT_UNWRITABLE,
    /** Existing records cannot be read. */
    AUDIT_UNREADABLE,
    /** The queue stayed full for as long as a caller may wait. */
    AUDIT_QUEUE_FULL,
    /** The record was not durable in time; it may or may not appear later. */
    AUDIT_TIMEOUT,
    /** Another writer held the audit for as long as a writer may wait. */
    AUDIT_LOCKED,
    /** No audit is installed. */
    AUDIT_ABSENT,
    /** A line is not a record. */
    AUDIT_LINE_MALFORMED,
    /** A record's own hash does not fit its content. */
    AUDIT_HASH_WRONG,
    /** A record does not follow from the one before it. */
    AUDIT_LINK_WRONG,
    /** Records are missing, or stand twice. */
    AUDIT_SEQUENCE_WRONG,
    /** The oldest records are gone and no record says that they were removed. */
    AUDIT_HEAD_MISSING
}
