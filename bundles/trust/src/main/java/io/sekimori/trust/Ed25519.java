package io.sekimori.trust;

import java.util.Optional;

/**
 * Ed25519 (RFC 8032, 5.1), over raw public keys of 32 bytes, by BouncyCastle's code on every Java runtime: it takes a fraction of
 * the platform's time, and what is accepted does not change with the runtime.
 */
final class Ed25519 {

    static final int PUBLIC_KEY_BYTES = 32;
    static final int SEED_BYTES = 32;
    private static final int SIGNATURE_BYTES = 64;

    // SubjectPublicKeyInfo of an Ed25519 key up to the key itself (RFC 8410, section 4).
    private static final FixedDer SPKI = FixedDer.of("302a300506032b6570032100", PUBLIC_KEY_BYTES);

    private Ed25519() {}

    /**
     * Whether the signature is that key's; a key or signature of a wrong form is no signature. Two verifiers that follow RFC
     * 8032 may differ where a point is no multiple of the base point, which none of an honest signer is: here it must be one.
     */
    static boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
        return publicKey.length == PUBLIC_KEY_BYTES
                && signature.length == SIGNATURE_BYTES
                && org.bouncycastle.math.ec.rfc8032.Ed25519.validatePublicKeyFull(publicKey, 0)
                && org.bouncycastle.math.ec.rfc8032.Ed25519.validatePublicKeyFull(signature, 0)
                && org.bouncycastle.math.ec.rfc8032.Ed25519.verify(
                        signature, 0, publicKey, 0, message, 0, message.length);
    }

    /** The public half of a private key. */
    static byte[] publicKey(byte[] seed) {
        byte[] publicKey = new byte[PUBLIC_KEY_BYTES];
        org.bouncycastle.math.ec.rfc8032.Ed25519.generatePublicKey(seed, 0, publicKey, 0);
        return publicKey;
    }

    /** @param publicKey that of {@code seed}: signatures of one message under two would give the private key away */
    static byte[] sign(byte[] seed, byte[] publicKey, byte[] message) {
        byte[] signature = new byte[SIGNATURE_BYTES];
        org.bouncycastle.math.ec.rfc8032.Ed25519.sign(seed, 0, publicKey, 0, message, 0, message.length, signature, 0);
        return signature;
    }

    static byte[] spki(byte[] raw) {
        return SPKI.encode(raw);
    }

    /** The key itself; empty if it is anything else. */
    static Optional<byte[]> raw(byte[] spki) {
        return SPKI.content(spki);
    }
}
