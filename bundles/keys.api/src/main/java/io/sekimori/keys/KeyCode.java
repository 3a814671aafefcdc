package io.sekimori.keys;

/**
 * Why a key was not used, made or destroyed. Stable names: add, never rename. Advice for each stands in the
 * resource bundle {@code refusals} next to this class, keyed by the name.
 */
public enum KeyCode {
    /** There is no key of this name. */
    KEY_UNKNOWN,
    /** A key of this name exists already and is never replaced. */
    KEY_EXISTS,
    /** The name is not 1 to 64 of {@code a-z 0-9 -} beginning with a letter. */
    KEY_NAME_MALFORMED,
    /** Others than the owner may read or write the key file, or change its folder. */
    KEY_FILE_EXPOSED,
    /** The key file belongs to somebody else. */
    KEY_FILE_FOREIGN,
    /** What should be a key file is a link, a folder or a device. */
    KEY_FILE_NOT_REGULAR,
    /** The key file is damaged: cut off, changed or not a key file at all. */
    KEY_FILE_MALFORMED,
    /** The keys cannot be read. */
    KEYS_UNREADABLE,
    /** The keys cannot be written: disk full, read-only or failing. */
    KEYS_UNWRITABLE,
    /** Another process is making or destroying keys. */
    KEYS_LOCKED,
    /** What is to be signed is larger than 16 MiB. */
    MESSAGE_TOO_LARGE,
    /** The certificate is for another key, or certificates are missing. */
    CERTIFICATE_NOT_FOR_KEY,
    /** The Java runtime cannot do what the key needs. */
    ALGORITHM_UNAVAILABLE,
    /** The action could not be audited. */
    KEY_AUDIT_REFUSED,
    /** What is to be unwrapped was not wrapped by this key for this context, or was changed since. */
    UNWRAP_REFUSED
}
