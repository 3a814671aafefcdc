package io.sekimori.trust;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;

/**
 * A private key in memory with its public half. Thread-safe. How it is kept is the business of whoever made or read
 * it.
 */
public sealed interface SigningKey extends Signer permits Ed25519Key, MlDsaKey {

    /** The kind of key. */
    KeyType type();

    /** The public half as the algorithm's own standard encodes it, see {@link KeyType#publicKey}. */
    byte[] rawPublicKey();

    /** The private half as PKCS#8 (RFC 8410; RFC 9881 with the seed alone); the caller wipes it. */
    byte[] pkcs8();

    /** A new key. */
    static SigningKey generate(KeyType type, SecureRandom random) {
        return switch (type) {
            case ED25519 -> Ed25519Key.generate(random);
            case ML_DSA_65 -> MlDsaKey.generate(random);
        };
    }

    /**
     * The key of these two halves.
     *
     * @param pkcs8 the caller's to wipe
     * @throws GeneralSecurityException if one of them is not of that type, or they are of two keys; it quotes neither
     */
    static SigningKey of(KeyType type, byte[] pkcs8, byte[] rawPublicKey) throws GeneralSecurityException {
        return switch (type) {
            case ED25519 -> Ed25519Key.of(pkcs8, rawPublicKey);
            case ML_DSA_65 -> MlDsaKey.of(pkcs8, rawPublicKey);
        };
    }
}
