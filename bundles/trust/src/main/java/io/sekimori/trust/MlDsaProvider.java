package io.sekimori.trust;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPublicKeyParameters;
import org.bouncycastle.crypto.signers.MLDSASigner;

/** Who computes ML-DSA-65 (FIPS 204, pure form, empty context): the Java runtime from 24 on, else BouncyCastle's code. */
enum MlDsaProvider {
    JAVA_RUNTIME {
        @Override
        boolean isThere() {
            try {
                KeyFactory.getInstance(ALGORITHM);
                Signature.getInstance(ALGORITHM);
                return true;
            } catch (NoSuchAlgorithmException e) {
                return false;
            }
        }

        @Override
        boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
            try {
                Signature verifier = Signature.getInstance(ALGORITHM);
                verifier.initVerify(KeyFactory.getInstance(ALGORITHM)
                        .generatePublic(new X509EncodedKeySpec(MlDsa65.spki(publicKey))));
                verifier.update(message);
                return verifier.verify(signature);
            } catch (GeneralSecurityException e) {
                return false;
            }
        }
    },

    BOUNCY_CASTLE {
        @Override
        boolean isThere() {
            return true;
        }

        @Override
        boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
            MLDSASigner verifier = new MLDSASigner();
            verifier.init(false, new MLDSAPublicKeyParameters(MLDSAParameters.ml_dsa_65, publicKey));
            verifier.update(message, 0, message.length);
            return verifier.verifySignature(signature);
        }
    };

    /** The one that is used here. Nothing of it is loaded before a key asks for it. */
    static final MlDsaProvider PRESENT = JAVA_RUNTIME.isThere() ? JAVA_RUNTIME : BOUNCY_CASTLE;

    private static final String ALGORITHM = "ML-DSA-65";

    abstract boolean isThere();

    /** For a key and a signature of the right lengths. */
    abstract boolean verify(byte[] publicKey, byte[] message, byte[] signature);
}
