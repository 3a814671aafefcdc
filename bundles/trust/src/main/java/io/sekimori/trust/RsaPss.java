package io.sekimori.trust;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;

/** RSASSA-PSS with SHA-256 (RFC 8017, 8.1) by the Java runtime, for keys of 2,048 to 8,192 bits. */
final class RsaPss {

    private static final int HASH_BYTES = 32;
    private static final int MIN_BITS = 2_048;
    private static final int MAX_BITS = 8_192;

    private RsaPss() {}

    /**
     * Whether it is a key in the one form of DER. The Java runtime reads others as well, with bytes behind it or without the
     * parameters that RFC 3279, 2.3.1 demands: whoever holds one key could list it as several, and count as several.
     */
    static boolean isKey(byte[] spki) {
        try {
            RSAPublicKey key = (RSAPublicKey) PublicKeyPem.key("RSA", spki);
            RSAPublicKeySpec numbers = new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent());
            return Arrays.equals(
                    spki, KeyFactory.getInstance("RSA").generatePublic(numbers).getEncoded());
        } catch (GeneralSecurityException | ClassCastException e) {
            return false;
        }
    }

    /** Whether the signature is that key's; a key or signature of a wrong form is no signature. */
    static boolean verify(byte[] spki, byte[] message, byte[] signature) {
        try {
            RSAPublicKey key = (RSAPublicKey) PublicKeyPem.key("RSA", spki);
            int bits = key.getModulus().bitLength();
            if (bits < MIN_BITS || bits > MAX_BITS) {
                return false;
            }
            // TUF leaves the salt's length open: the reference tools take that of the hash, others the longest.
            int longest = (bits - 1 + 7) / 8 - HASH_BYTES - 2;
            return verify(key, HASH_BYTES, message, signature) || verify(key, longest, message, signature);
        } catch (GeneralSecurityException | ClassCastException e) {
            return false;
        }
    }

    private static boolean verify(RSAPublicKey key, int saltBytes, byte[] message, byte[] signature)
            throws GeneralSecurityException {
        Signature verifier = Signature.getInstance("RSASSA-PSS");
        verifier.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, saltBytes, 1));
        verifier.initVerify(key);
        verifier.update(message);
        return verifier.verify(signature);
    }
}
