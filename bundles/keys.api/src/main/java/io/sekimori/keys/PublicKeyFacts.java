package io.sekimori.keys;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.HexFormat;
import java.util.Objects;

/**
 * The public half of a named key.
 *
 * @param name the name of the key
 * @param algorithm what it can do
 * @param key the key itself; {@link PublicKey#getEncoded()} is its SubjectPublicKeyInfo, DER-encoded
 */
public record PublicKeyFacts(String name, KeyAlgorithm algorithm, PublicKey key) {

    /** @throws NullPointerException if a part is null */
    public PublicKeyFacts {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(algorithm, "algorithm");
        Objects.requireNonNull(key, "key");
    }

    /** SHA-256 of the SubjectPublicKeyInfo, 64 lower-case hex digits: what an assignment calls the device. */
    public String id() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(key.getEncoded()));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
