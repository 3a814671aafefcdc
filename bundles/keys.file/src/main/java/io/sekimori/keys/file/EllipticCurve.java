package io.sekimori.keys.file;

import io.sekimori.keys.KeyAlgorithm;
import io.sekimori.keys.KeyCode;
import io.sekimori.keys.KeyException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.NoSuchProviderException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;

/** What the Java runtime's own provider does with P-256 keys. Stateless. */
final class EllipticCurve {

    private static final String PROVIDER = "SunEC";
    private static final String CURVE = "secp256r1";

    private EllipticCurve() {}

    static KeyMaterial generate(KeyAlgorithm algorithm) throws KeyException {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm.keyType(), PROVIDER);
            generator.initialize(new ECGenParameterSpec(CURVE));
            KeyPair pair = generator.generateKeyPair();
            return new KeyMaterial(
                    algorithm, pair.getPublic().getEncoded(), pair.getPrivate().getEncoded());
        } catch (GeneralSecurityException e) {
            throw unavailable(e);
        }
    }

    static byte[] sign(KeyMaterial key, byte[] message) throws KeyException {
        try {
            Signature signature = Signature.getInstance(key.algorithm().signature(), PROVIDER);
            signature.initSign(privateKey(key));
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw unavailable(e);
        }
    }

    static PrivateKey privateKey(KeyMaterial key) throws KeyException {
        try {
            return factory(key).generatePrivate(new PKCS8EncodedKeySpec(key.privateKey()));
        } catch (InvalidKeySpecException e) {
            throw malformed();
        } catch (GeneralSecurityException e) {
            throw unavailable(e);
        }
    }

    static PublicKey publicKey(KeyMaterial key) throws KeyException {
        try {
            return factory(key).generatePublic(new X509EncodedKeySpec(key.publicKey()));
        } catch (InvalidKeySpecException e) {
            throw malformed();
        } catch (GeneralSecurityException e) {
            throw unavailable(e);
        }
    }

    private static KeyFactory factory(KeyMaterial key) throws NoSuchAlgorithmException, NoSuchProviderException {
        return KeyFactory.getInstance(key.algorithm().keyType(), PROVIDER);
    }

    // Without the cause, whose message may quote what it could not read.
    private static KeyException malformed() {
        return new KeyException(KeyCode.KEY_FILE_MALFORMED, "not a key of its algorithm", null);
    }

    private static KeyException unavailable(GeneralSecurityException e) {
        return new KeyException(KeyCode.ALGORITHM_UNAVAILABLE, String.valueOf(e.getMessage()), e);
    }
}
