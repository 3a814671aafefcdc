package io.sekimori.trust;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Optional;

/** Ed25519 (RFC 8032) by the platform's own provider, over raw public keys of 32 bytes. */
final class Ed25519 {

    static final String ALGORITHM = "Ed25519";
    static final int PUBLIC_KEY_BYTES = 32;
    private static final int SIGNATURE_BYTES = 64;

    // SubjectPublicKeyInfo of an Ed25519 key up to the key itself (RFC 8410, section 4).
    private static final FixedDer SPKI = FixedDer.of("302a300506032b6570032100", PUBLIC_KEY_BYTES);

    private Ed25519() {}

    /** Whether the signature is that key's; a key or signature of a wrong form is no signature. */
    static boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
        if (publicKey.length != PUBLIC_KEY_BYTES || signature.length != SIGNATURE_BYTES) {
            return false;
        }
        try {
            Signature verifier = Signature.getInstance(ALGORITHM);
            verifier.initVerify(decode(publicKey));
            verifier.update(message);
            return verifier.verify(signature);
        } catch (SignatureException | InvalidKeyException | InvalidKeySpecException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Java 17 and later have Ed25519", e);
        }
    }

    static byte[] raw(PublicKey key) {
        return raw(key.getEncoded()).orElseThrow();
    }

    static byte[] spki(byte[] raw) {
        return SPKI.encode(raw);
    }

    /** The key itself; empty if it is anything else. */
    static Optional<byte[]> raw(byte[] spki) {
        return SPKI.content(spki);
    }

    private static PublicKey decode(byte[] raw) throws GeneralSecurityException {
        return KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(spki(raw)));
    }
}
