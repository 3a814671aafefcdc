package io.sekimori.keys;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Named symmetric keys of this gateway that protect other keys (key-encryption keys, NIST SP 800-57). A wrapping key is
 * used here and never returned, logged or exported. Their names are apart from those of {@link Keys}.
 *
 * <p>Thread-safe. A call in flight when its provider is replaced, or made just after, is still served correctly.
 */
@ProviderType
public interface WrappingKeys {

    /** The most bytes that can be wrapped at once: keys, not data. */
    int MAX_SECRET_BYTES = 1_024;

    /**
     * Whether there is a key of this name; that it can be used is not said.
     *
     * @param name 1 to 64 of {@code a-z 0-9 -}, beginning with a letter
     * @throws KeyException if that cannot be told
     */
    boolean exists(String name) throws KeyException;

    /**
     * Encrypts {@code secret} so that only {@link #unwrap} with the same name and context gives it back; whoever changes
     * a bit of the answer or of the context is found out. Authenticated encryption; two calls never answer alike.
     *
     * @param secret 1 to {@value #MAX_SECRET_BYTES} bytes; not kept, to be wiped by the caller
     * @param context what the secret is for; not secret and not part of the answer
     * @throws KeyException if there is no such key or it must not be used
     * @throws IllegalArgumentException if the secret is empty or too large
     */
    byte[] wrap(String name, byte[] secret, byte[] context) throws KeyException;

    /**
     * Gives back what was wrapped.
     *
     * @return the secret, to be wiped by the caller
     * @throws KeyException {@link KeyCode#UNWRAP_REFUSED} if it was not wrapped by this key for this context; and if
     *     there is no such key or it must not be used
     */
    byte[] unwrap(String name, byte[] wrapped, byte[] context) throws KeyException;

    /**
     * Makes a new random key. Never replaces one: an existing name is refused with {@link KeyCode#KEY_EXISTS}. Audited;
     * without an audit refused.
     *
     * @param actor who asks, as in the audit
     */
    void create(String name, String actor) throws KeyException;

    /**
     * Destroys a key for good, and with it all that it wrapped. After a power cut the key is either whole or gone.
     * Audited; without an audit refused.
     *
     * @param actor who asks, as in the audit
     * @param reason why, for the audit: at most 500 characters
     * @throws KeyException {@link KeyCode#KEY_UNKNOWN} if there is none
     */
    void destroy(String name, String actor, String reason) throws KeyException;
}
