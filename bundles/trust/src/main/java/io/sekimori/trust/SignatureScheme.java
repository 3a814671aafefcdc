package io.sekimori.trust;

import java.util.Optional;
import java.util.Set;

/** The signature schemes this client knows (TUF 4.2.1, TAP 21). Keys of others are carried along and verify nothing. */
enum SignatureScheme {
    ED25519("ed25519", Set.of("ed25519")) {
        @Override
        Optional<byte[]> key(String publicValue) {
            return publicValue.length() == 2 * Ed25519.PUBLIC_KEY_BYTES ? Hex.decode(publicValue) : Optional.empty();
        }

        @Override
        boolean verify(byte[] key, byte[] message, byte[] signature) {
            return Ed25519.verify(key, message, signature);
        }
    },

    RSA_PSS("rsassa-pss-sha256", Set.of("rsa")) {
        @Override
        Optional<byte[]> key(String publicValue) {
            Optional<byte[]> spki = PublicKeyPem.der(publicValue);
            return spki.isPresent() && RsaPss.isKey(spki.get()) ? spki : Optional.empty();
        }

        @Override
        boolean verify(byte[] key, byte[] message, byte[] signature) {
            return RsaPss.verify(key, message, signature);
        }
    },

    // The second type is what older tools wrote, which still sign a well-known repository.
    ECDSA_P256("ecdsa-sha2-nistp256", Set.of("ecdsa", "ecdsa-sha2-nistp256")) {
        @Override
        Optional<byte[]> key(String publicValue) {
            return PublicKeyPem.der(publicValue);
        }

        @Override
        boolean verify(byte[] key, byte[] message, byte[] signature) {
            return EcdsaP256.verify(key, message, signature);
        }
    },

    ML_DSA_65(MlDsa65.SCHEME, Set.of(MlDsa65.KEY_TYPE)) {
        @Override
        Optional<byte[]> key(String publicValue) {
            Optional<byte[]> spki = PublicKeyPem.der(publicValue);
            return spki.isPresent() ? MlDsa65.raw(spki.get()) : spki;
        }

        @Override
        boolean verify(byte[] key, byte[] message, byte[] signature) {
            return MlDsa65.verify(key, message, signature);
        }
    };

    final String scheme;
    private final Set<String> keyTypes;

    SignatureScheme(String scheme, Set<String> keyTypes) {
        this.scheme = scheme;
        this.keyTypes = keyTypes;
    }

    /**
     * The bytes of the key itself, the same however it is written.
     *
     * @param publicValue as metadata has it: hex for raw keys, else PEM; empty if it is neither
     */
    abstract Optional<byte[]> key(String publicValue);

    abstract boolean verify(byte[] key, byte[] message, byte[] signature);

    static Optional<SignatureScheme> of(TufKey key) {
        for (SignatureScheme known : values()) {
            if (known.scheme.equals(key.scheme()) && known.keyTypes.contains(key.keyType())) {
                return Optional.of(known);
            }
        }
        return Optional.empty();
    }
}
