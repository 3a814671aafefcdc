package io.sekimori.trust;

/**
 * The rules that a gateway holds an update to, one code each. Names are added and never renamed. Numbers are sections
 * of the TUF specification 1.0.34.
 */
public enum TrustCode implements RefusalCode {
    /** Metadata is not the strict JSON it has to be, or a member is missing or of another type (4.1). */
    METADATA_MALFORMED,
    /** Metadata is longer than this client reads (5.3.3, 5.4.1, 5.5.1, 5.6.1). */
    METADATA_TOO_LONG,
    /** Metadata of one role was handed out as another's (4.1). */
    METADATA_TYPE,
    /** Metadata follows a version of TUF that this client does not know (4.3). */
    METADATA_SPEC_VERSION,
    /** A key is listed under another id than its own hash (4.2.1). */
    KEY_ID_WRONG,
    /** So many keys are of schemes that this client cannot check that the others are too few (4.2.1). */
    SCHEME_UNKNOWN,
    /** Only hash algorithms are listed that this client does not know (5.7.3). */
    HASH_UNSUPPORTED,

    /** The trust anchor on the unit is not a root that its own keys signed (5.2). */
    ANCHOR_BROKEN,
    /** A root kept on the unit is damaged or no longer follows from the anchor (5.2). */
    STATE_ROOT_BROKEN,
    /** A new root is not signed by enough keys of the root before it (5.3.4). */
    ROOT_NOT_SIGNED_BY_PREDECESSOR,
    /** A root is not signed by enough keys of its own (5.3.4). */
    ROOT_NOT_SIGNED_BY_ITSELF,
    /** A new root does not have the next version (5.3.5). */
    ROOT_VERSION,
    /** More new roots than one update follows (5.3.3). */
    ROOT_TOO_MANY,
    /** The newest root has expired (5.3.10). */
    EXPIRED_ROOT,

    /** There is no timestamp (5.4.1). */
    TIMESTAMP_MISSING,
    /** The timestamp is not signed by enough of its keys (5.4.2). */
    TIMESTAMP_SIGNATURES,
    /** The timestamp is older than the one trusted before (5.4.3.1). */
    TIMESTAMP_ROLLBACK,
    /** The timestamp names an older snapshot than the one trusted before (5.4.3.2). */
    TIMESTAMP_SNAPSHOT_ROLLBACK,
    /** The timestamp has expired (5.4.4). */
    EXPIRED_TIMESTAMP,

    /** There is no snapshot of the version that the timestamp names (5.5.1). */
    SNAPSHOT_MISSING,
    /** The snapshot is longer or shorter than the timestamp says (5.5.1). */
    SNAPSHOT_LENGTH,
    /** The snapshot has another hash than the timestamp says (5.5.2). */
    SNAPSHOT_HASH,
    /** The snapshot is not signed by enough of its keys (5.5.3). */
    SNAPSHOT_SIGNATURES,
    /** The snapshot has another version than the timestamp says (5.5.4). */
    SNAPSHOT_VERSION,
    /** The snapshot names an older version of a targets file than the one trusted before (5.5.5). */
    SNAPSHOT_ROLLBACK,
    /** The snapshot no longer lists a targets file that the one trusted before listed (5.5.5). */
    SNAPSHOT_DROPPED,
    /** The snapshot has expired (5.5.6). */
    EXPIRED_SNAPSHOT,

    /** There is no targets file of the version that the snapshot names (5.6.1). */
    TARGETS_MISSING,
    /** The targets file is longer or shorter than the snapshot says (5.6.1). */
    TARGETS_LENGTH,
    /** The targets file has another hash than the snapshot says (5.6.2). */
    TARGETS_HASH,
    /** The targets file is not signed by enough of its keys (5.6.3). */
    TARGETS_SIGNATURES,
    /** The targets file has another version than the snapshot says (5.6.4). */
    TARGETS_VERSION,
    /** The targets file has expired (5.6.5). */
    EXPIRED_TARGETS,
    /** A targets file delegates in a manner that this client does not follow (4.5). */
    TARGETS_DELEGATIONS,

    /** A delegated role has the name of a top-level role, or one that no file can have (4.5). */
    DELEGATION_NAME,
    /** A search came to more delegated roles than one search may ask (5.6.7.1). */
    DELEGATIONS_TOO_MANY,
    /** A role that is delegated to is not in the snapshot (5.6.7). */
    DELEGATED_UNLISTED,
    /** There is no file of a delegated role in the version that the snapshot names (5.6.1). */
    DELEGATED_MISSING,
    /** The file of a delegated role is longer or shorter than the snapshot says (5.6.1). */
    DELEGATED_LENGTH,
    /** The file of a delegated role has another hash than the snapshot says (5.6.2). */
    DELEGATED_HASH,
    /** The file of a delegated role is not signed by enough of the keys that its delegator names (5.6.3). */
    DELEGATED_SIGNATURES,
    /** The file of a delegated role has another version than the snapshot says (5.6.4). */
    DELEGATED_VERSION,
    /** The file of a delegated role has expired (5.6.5). */
    EXPIRED_DELEGATED,

    /** There is no assignment. */
    ASSIGNMENT_MISSING,
    /** The assignment is not signed by enough keys of the director. */
    ASSIGNMENT_SIGNATURES,
    /** The assignment has expired. */
    EXPIRED_ASSIGNMENT,
    /** The assignment was signed longer ago than this unit takes one from a medium. */
    EXPIRED_PACK,
    /** The assignment is another one than the person at the unit has looked at. */
    ASSIGNMENT_NOT_SEEN,
    /** The assignment is older than the one accepted before. */
    ASSIGNMENT_ROLLBACK,
    /** The assignment has the version of the one accepted before and other bytes. */
    ASSIGNMENT_VERSION_REUSED,
    /** The assignment delegates, which a director must not (Uptane 5.3.2). */
    ASSIGNMENT_DELEGATIONS,
    /** The assignment is of a format that this gateway does not know. */
    ASSIGNMENT_FORMAT,
    /** The assignment lacks a part or has one of a wrong form. */
    ASSIGNMENT_MALFORMED,
    /** The assignment names one symbolic name twice (Uptane 5.4.4.6). */
    ASSIGNMENT_DUPLICATE,
    /** The assignment is for another device. */
    ASSIGNMENT_OTHER_DEVICE,
    /** The assignment is for another model. */
    ASSIGNMENT_OTHER_MODEL,

    /** A release lacks a part or has one of a wrong form. */
    RELEASE_MALFORMED,
    /** The release repository does not have what the director assigned. */
    RELEASE_UNKNOWN,
    /** Director and release repository say different things of one release (Uptane 5.4.4.2). */
    RELEASE_DISAGREES,
    /** A release is not made for this model. */
    RELEASE_OTHER_MODEL,
    /** A release's counter is below the floor. */
    BELOW_FLOOR,
    /** A release's counter is below a floor that its publisher set after it was assigned. */
    FLOOR_RISEN,

    /** The clock stands before what offline keys have signed, so nothing can be said of expiry (7.1). */
    TIME_UNTRUSTED,

    /** A permit to go below a floor lacks a part or has one of a wrong form. */
    PERMIT_MALFORMED,
    /** A permit is not signed by enough of the offline keys of the releases. */
    PERMIT_SIGNATURES,
    /** A permit's time is over. */
    PERMIT_EXPIRED,
    /** A permit is dated ahead, so that it would last longer than any may. */
    PERMIT_AHEAD,

    /** No role lists the target (5.6.7). */
    TARGET_UNKNOWN,
    /** The target has a path that could leave a folder, or something stands in its way. */
    TARGET_NAME,
    /** The repository does not have the file of a target that it lists (5.7). */
    TARGET_MISSING,

    /** The pack is not a zip file that this reader accepts: torn, commented, too long, ZIP64. */
    PACK_MALFORMED,
    /** The pack has more entries than allowed. */
    PACK_TOO_MANY_ENTRIES,
    /** The pack has an entry with a name it must not have. */
    PACK_NAME,
    /** The pack has two entries of one name. */
    PACK_DUPLICATE,
    /** A target is longer or shorter than signed (5.7.2). */
    TARGET_LENGTH,
    /** A target has another hash than signed (5.7.3). */
    TARGET_HASH,

    /** The evidence frozen with a generation lacks a file or has one it must not have. */
    EVIDENCE_INCOMPLETE,
    /** A root frozen with a generation is damaged or does not follow from the anchor. */
    EVIDENCE_ROOT_BROKEN,
    /** A unit's report lacks a part or has one of a wrong form. */
    REPORT_MALFORMED,
    /** A unit's report is of another device. */
    REPORT_OTHER_DEVICE,
    /** A unit's report is not signed by its device key. */
    REPORT_SIGNATURE,
    /** A mandate lacks a part or has one of a wrong form. */
    MANDATE_MALFORMED,
    /** A mandate is not signed by the director. */
    MANDATE_SIGNATURE,
    /** A mandate is for another unit. */
    MANDATE_OTHER_UNIT,
    /** A mandate's time is over, or it is valid for longer than allowed. */
    MANDATE_EXPIRED,
    /** The unit's list of those who must approve is there and cannot be read. */
    APPROVAL_POLICY_BROKEN,
    /** Fewer people have approved than this unit demands. */
    APPROVALS_MISSING,
    /** Enough people have approved, and too long ago. */
    APPROVALS_EXPIRED,
    /** Enough people have approved something else, or for other gateways. */
    APPROVALS_OTHER,
    /** Approvals are too few, and some of those that came are damaged or forged. */
    APPROVALS_BROKEN,
    /** Enough people had approved, and some took it back. */
    APPROVALS_WITHDRAWN,
    /** What is said of the time lacks a part or has one of a wrong form. */
    TIME_MALFORMED,
    /** What is said of the time is not signed by the director. */
    TIME_SIGNATURE,
    /** What is said of the time answers another question: it may be old. */
    TIME_REPLAYED,
    /** Another update works on the same trusted metadata. */
    UPDATER_BUSY,
    /** A server sends so slowly that an update would never end (1.5.2). */
    SOURCE_SLOW,
    /** Metadata could not be fetched. */
    SOURCE_FAILED,
    /** The trusted metadata on the unit could not be read or written. */
    STATE_FAILED
}
