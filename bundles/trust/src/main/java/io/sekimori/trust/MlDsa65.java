package io.sekimori.trust;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;

/**
 * ML-DSA-65 (FIPS 204) over TUF metadata as TUF's improvement proposal 21 has it: the pure form with an empty context,
 * over {@code "tuf"}, a version and the SHA-512 of the metadata, so that a token signs little however long that is.
 */
final class MlDsa65 {

    static final String KEY_TYPE = "ml-dsa";
    static final String SCHEME = "ml-dsa-65/1";
    static final int PUBLIC_KEY_BYTES = 1_952;
    static final int SIGNATURE_BYTES = 3_309;

    // SubjectPublicKeyInfo up to the key itself (RFC 9881, section 4): no other form is taken, so no key has two.
    private static final FixedDer SPKI = FixedDer.of("308207b2300b0609608648016503040312038207a100", PUBLIC_KEY_BYTES);
    private static final byte[] DOMAIN_AND_VERSION = "tuf\1".getBytes(StandardCharsets.US_ASCII);

    private MlDsa65() {}

    /** Whether the signature is that key's; a key or signature of a wrong form is no signature. */
    static boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
        return publicKey.length == PUBLIC_KEY_BYTES
                && signature.length == SIGNATURE_BYTES
                && MlDsaProvider.PRESENT.verify(publicKey, toSign(message), signature);
    }

    /** What is signed of a message. */
    static byte[] toSign(byte[] message) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-512");
            byte[] signed = Arrays.copyOf(DOMAIN_AND_VERSION, DOMAIN_AND_VERSION.length + digest.getDigestLength());
            System.arraycopy(digest.digest(message), 0, signed, DOMAIN_AND_VERSION.length, digest.getDigestLength());
            return signed;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-512", e);
        }
    }

    static byte[] spki(byte[] publicKey) {
        return SPKI.encode(publicKey);
    }

    /** The key itself; empty if it is anything else. */
    static Optional<byte[]> raw(byte[] spki) {
        return SPKI.content(spki);
    }
}
