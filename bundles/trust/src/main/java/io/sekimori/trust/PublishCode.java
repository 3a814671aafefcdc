package io.sekimori.trust;

/** The rules that publishing a release or an assignment is held to, one code each. Names are added and never renamed. */
public enum PublishCode implements RefusalCode {
    /** There is a repository already. */
    REPOSITORY_EXISTS,
    /** The directory is not a repository, or one of its files is missing. */
    REPOSITORY_INCOMPLETE,
    /** The path is released already, with other bytes or other facts. */
    RELEASE_EXISTS,
    /** The release counter is not above that of every earlier release of the symbolic name. */
    COUNTER_NOT_GROWING,
    /** The version of the targets is not above that of the published ones. */
    TARGETS_NOT_NEWER,
    /** A published release is not there any more. */
    RELEASE_DROPPED,
    /** The floor is below one that an earlier release set. */
    FLOOR_LOWERED,
    /** The file is not a jar with a symbolic name and a version. */
    NOT_A_BUNDLE,
    /** The jar's manifest has another symbolic name or version. */
    BUNDLE_IDENTITY,
    /** The file is empty or longer than a release may be. */
    RELEASE_LENGTH,
    /** Nothing has been added since the last publication. */
    NOTHING_STAGED,
    /** The file is not a copy of anything that is staged: that was changed or published since. */
    NOT_STAGED,
    /** The file has no signature of a key that speaks for it. */
    NO_SIGNATURE,
    /** Nothing is delegated to a role of that name. */
    DELEGATION_UNKNOWN,
    /** The release's name is not one that was delegated to the role. */
    NOT_DELEGATED,
    /** The date on which it was signed is more than a day ahead: a signer's clock was wrong, or this one is. */
    ISSUED_AHEAD,
    /** The number of a timestamp, or of its snapshot, is more than a day ahead: a signer's clock was wrong, or this one is. */
    TIMESTAMP_AHEAD,
    /** Nothing has been published yet. */
    NOTHING_PUBLISHED,
    /** Fewer keys signed than the root asks for. */
    TOO_FEW_SIGNATURES,
    /** No assignment has been signed for that device. */
    NO_ASSIGNMENT,
    /** There is a key file already. */
    KEY_FILE_EXISTS,
    /** Others than its owner may read the key file. */
    KEY_FILE_EXPOSED,
    /** The key file does not hold an Ed25519 key pair. */
    KEY_FILE_MALFORMED
}
