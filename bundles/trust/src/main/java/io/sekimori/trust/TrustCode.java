package io.sekimori.trust;

/** The rules of this area, one code each. */
public enum TrustCode implements RefusalCode {
    /** The pack is not a zip file that this reader accepts: torn, commented, too long, ZIP64. */
    PACK_MALFORMED,
    /** The pack has more entries than allowed. */
    PACK_TOO_MANY_ENTRIES,
    /** The pack has an entry with a name it must not have. */
    PACK_NAME,
    /** The pack has two entries of one name. */
    PACK_DUPLICATE,
    /** A target turned out longer or shorter than signed. */
    TARGET_LENGTH,
    /** A target turned out to have another hash than signed. */
    TARGET_HASH,
    /** The frozen evidence is incomplete or has files it must not have. */
    EVIDENCE_INCOMPLETE,
    /** The trusted metadata on disk could not be read or written. */
    STATE_UNWRITABLE
}
