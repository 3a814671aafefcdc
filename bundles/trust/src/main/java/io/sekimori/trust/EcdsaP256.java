package io.sekimori.trust;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Arrays;
import java.util.HexFormat;

/** ECDSA over NIST P-256 with SHA-256 (FIPS 186-5) by the Java runtime, signatures in DER. */
final class EcdsaP256 {

    // SubjectPublicKeyInfo of a P-256 key up to its uncompressed point (RFC 5480): any other curve begins otherwise.
    private static final byte[] SPKI_PREFIX =
            HexFormat.of().parseHex("3059301306072a8648ce3d020106082a8648ce3d030107034200");
    private static final int SPKI_BYTES = 91;
    private static final int MAX_SIGNATURE_BYTES = 80;

    private EcdsaP256() {}

    /** Whether the signature is that key's; a key or signature of a wrong form is no signature. */
    static boolean verify(byte[] spki, byte[] message, byte[] signature) {
        if (spki.length != SPKI_BYTES
                || !Arrays.equals(spki, 0, SPKI_PREFIX.length, SPKI_PREFIX, 0, SPKI_PREFIX.length)
                || signature.length > MAX_SIGNATURE_BYTES) {
            return false;
        }
        try {
            PublicKey key = PublicKeyPem.key("EC", spki);
            Signature verifier = Signature.getInstance("SHA256withECDSA");
            verifier.initVerify(key);
            verifier.update(message);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }
}
