package io.sekimori.trust;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.SecureRandom;
import java.security.spec.InvalidKeySpecException;
import java.util.Arrays;

/** An Ed25519 key, kept as the seed that RFC 8032 (5.1.5) calls the private key. */
final class Ed25519Key implements SigningKey {

    // PKCS#8 up to the seed (RFC 8410, section 7), as Java and OpenSSL write it.
    private static final FixedDer PKCS8 = FixedDer.of("302e020100300506032b657004220420", Ed25519.SEED_BYTES);

    private final byte[] seed;
    private final byte[] rawPublicKey;
    private final TufKey publicKey;

    private Ed25519Key(byte[] seed) {
        this.seed = seed.clone();
        this.rawPublicKey = Ed25519.publicKey(seed);
        this.publicKey = TufKey.ed25519(rawPublicKey);
    }

    static Ed25519Key generate(SecureRandom random) {
        byte[] seed = new byte[Ed25519.SEED_BYTES];
        random.nextBytes(seed);
        try {
            return new Ed25519Key(seed);
        } finally {
            Arrays.fill(seed, (byte) 0);
        }
    }

    /** Reads the seed; the public half that it makes must be the one given. */
    static Ed25519Key of(byte[] pkcs8, byte[] rawPublicKey) throws GeneralSecurityException {
        byte[] seed = PKCS8.content(pkcs8).orElseThrow(() -> new InvalidKeySpecException("no seed of an Ed25519 key"));
        try {
            Ed25519Key key = new Ed25519Key(seed);
            if (!Arrays.equals(key.rawPublicKey, rawPublicKey)) {
                throw new InvalidKeyException("the public key is not that of the private key");
            }
            return key;
        } finally {
            Arrays.fill(seed, (byte) 0);
        }
    }

    @Override
    public KeyType type() {
        return KeyType.ED25519;
    }

    @Override
    public TufKey publicKey() {
        return publicKey;
    }

    @Override
    public byte[] rawPublicKey() {
        return rawPublicKey.clone();
    }

    @Override
    public byte[] pkcs8() {
        return PKCS8.encode(seed);
    }

    @Override
    public byte[] sign(byte[] message) {
        return Ed25519.sign(seed, rawPublicKey, message);
    }
}
