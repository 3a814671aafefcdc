package io.sekimori.keys;

import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Named private keys of this gateway. A private key is used here and never returned, logged or exported.
 *
 * <p>Thread-safe. A call in flight when its provider is replaced, or made just after, is still served
 * correctly.
 */
@ProviderType
public interface Keys {

    /** The name of the key that identifies this gateway. */
    String DEVICE = "device";

    /**
     * The names of the keys that exist, sorted.
     *
     * @throws KeyException if the keys cannot be listed
     */
    List<String> names() throws KeyException;

    /**
     * The public half of a key.
     *
     * @param name 1 to 64 of {@code a-z 0-9 -}, beginning with a letter
     * @return empty if there is no such key
     * @throws KeyException if there is one and it must not be used
     */
    Optional<PublicKeyFacts> publicKey(String name) throws KeyException;

    /**
     * Signs {@code message} with the algorithm of the key: for {@link KeyAlgorithm#EC_P256} ECDSA over
     * SHA-256, DER-encoded.
     *
     * @param message at most 16 MiB; not kept
     * @throws KeyException if there is no such key or it must not be used
     */
    byte[] sign(String name, byte[] message) throws KeyException;

    /**
     * Makes a new key. Never replaces one: an existing name is refused with {@link KeyCode#KEY_EXISTS}.
     * Audited; without an audit refused.
     *
     * @param actor who asks, as in the audit
     */
    PublicKeyFacts create(String name, KeyAlgorithm algorithm, String actor) throws KeyException;

    /**
     * Destroys a key for good. After a power cut the key is either whole or gone. Audited; without an audit
     * refused.
     *
     * @param actor who asks, as in the audit
     * @param reason why, for the audit: at most 500 characters
     */
    void destroy(String name, String actor, String reason) throws KeyException;

    /** How well this provider keeps its keys, to be shown in the status. */
    Protection protection();
}
