package io.sekimori.records.backup;

/**
 * Why a copy of the records was not made or not taken. Stable names: add, never rename. Advice for each stands in the
 * resource bundle {@code refusals} next to this class, keyed by the name.
 */
public enum DataCode {
    /** The records to be filled hold something already. */
    DATA_TARGET_NOT_EMPTY,
    /** The file is not a copy of records, or is damaged or cut off. */
    DATA_DAMAGED,
    /** The export is not the one that was written: its SHA-256 is another. */
    DATA_FOREIGN,
    /** What was written is not what was read. */
    DATA_UNLIKE,
    /** A table has a kind of column that is not known here. */
    DATA_TYPE_UNSUPPORTED,
    /** The passphrase is another, or the file was changed: it cannot be told which. */
    BACKUP_PASSPHRASE_WRONG,
    /** The passphrase has fewer than 12 characters. */
    BACKUP_PASSPHRASE_SHORT,
    /** There is a file or folder where one would be written. */
    BACKUP_TARGET_EXISTS,
    /** The request names no absolute file, or no passphrase. */
    BACKUP_REQUEST_MALFORMED,
    /** The disk did not take the file. */
    BACKUP_NOT_WRITTEN
}
