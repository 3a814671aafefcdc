package io.sekimori.trust;

import java.util.Optional;

/** The signature schemes this client knows (TUF 4.2.1). Keys of others are carried along and verify nothing. */
enum SignatureScheme {
    ED25519("ed25519", "ed25519") {
        @Override
        boolean verify(String publicValue, byte[] message, byte[] signature) {
            return publicValue.length() == 2 * Ed25519.PUBLIC_KEY_BYTES
                    && Hex.decode(publicValue)
                            .map(key -> Ed25519.verify(key, message, signature))
                            .orElse(false);
        }
    };

    final String keyType;
    final String scheme;

    SignatureScheme(String keyType, String scheme) {
        this.keyType = keyType;
        this.scheme = scheme;
    }

    /** @param publicValue the key as metadata has it: hex for raw keys */
    abstract boolean verify(String publicValue, byte[] message, byte[] signature);

    static Optional<SignatureScheme> of(TufKey key) {
        for (SignatureScheme known : values()) {
            if (known.keyType.equals(key.keyType()) && known.scheme.equals(key.scheme())) {
                return Optional.of(known);
            }
        }
        return Optional.empty();
    }
}
