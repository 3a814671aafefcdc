package io.sekimori.trust;

import java.util.Optional;

/** The kinds of keys that are made here. */
public enum KeyType {
    /** Ed25519 (RFC 8032). */
    ED25519("ed25519"),
    /** ML-DSA-65 (FIPS 204), which a quantum computer does not help to forge. */
    ML_DSA_65("ml-dsa-65");

    private final String word;

    KeyType(String word) {
        this.word = word;
    }

    /** The name that people and files know it by. */
    public String word() {
        return word;
    }

    /** The type of that name, if it is one. */
    public static Optional<KeyType> of(String word) {
        for (KeyType type : values()) {
            if (type.word.equals(word)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /**
     * The public key of these bytes.
     *
     * @param raw as the algorithm's own standard encodes it
     * @throws IllegalArgumentException if they are not as many as such a key has
     */
    public TufKey publicKey(byte[] raw) {
        return switch (this) {
            case ED25519 -> TufKey.ed25519(raw);
            case ML_DSA_65 -> TufKey.mlDsa65(raw);
        };
    }

    /** The key in a SubjectPublicKeyInfo (RFC 8410, RFC 9881). */
    byte[] spki(byte[] raw) {
        return switch (this) {
            case ED25519 -> Ed25519.spki(raw);
            case ML_DSA_65 -> MlDsa65.spki(raw);
        };
    }

    /** The key of a SubjectPublicKeyInfo; empty if it is of another type. */
    Optional<byte[]> raw(byte[] spki) {
        return switch (this) {
            case ED25519 -> Ed25519.raw(spki);
            case ML_DSA_65 -> MlDsa65.raw(spki);
        };
    }
}
