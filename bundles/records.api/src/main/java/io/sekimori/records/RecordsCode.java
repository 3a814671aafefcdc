package io.sekimori.records;

/**
 * Why records were neither read nor written. Stable names: add, never rename. Advice for each stands in the resource
 * bundle {@code refusals} next to this class, keyed by the name.
 */
public enum RecordsCode {
    /** No records are installed. */
    RECORDS_ABSENT,
    /** The database does not answer, or all connections stayed in use for as long as a caller may wait. */
    RECORDS_UNREACHABLE,
    /** The database's certificate is not vouched for by whom it should be. */
    RECORDS_UNTRUSTED,
    /** The database refused the user or the password. */
    RECORDS_DENIED,
    /** The configuration cannot be used: address, password file or TLS. */
    RECORDS_MISCONFIGURED,
    /** Another process holds the database file. */
    RECORDS_LOCKED,
    /** Other transactions were in the way each time it was tried. */
    RECORDS_CONTENDED,
    /** A rule of the tables forbids it, e.g. a key that exists already. */
    RECORDS_RULE_BROKEN,
    /** The tables could not be brought up to date. */
    RECORDS_MIGRATION_FAILED,
    /** The connection broke during the commit, or it did not end while a caller may wait: it may or may not be done. */
    RECORDS_UNCERTAIN,
    /** The database refused a statement, or its disk failed. */
    RECORDS_FAILED
}
