package io.sekimori.fleet.records;

import java.io.IOException;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.StandardDSAEncoding;
import org.bouncycastle.crypto.util.PublicKeyFactory;

/**
 * Signatures of devices, ECDSA with SHA-256 over P-256 (FIPS 186-5, 6.4.2), verified with BouncyCastle: every report of
 * every gateway comes through here, and the platform takes three times as long. Stateless.
 */
final class DeviceSignature {

    private static final String ALGORITHM = "EC_P256";

    private DeviceSignature() {}

    /** As {@link io.sekimori.trust.SignedReport.Verifier#holds}. */
    static boolean holds(String algorithm, byte[] publicKey, byte[] message, byte[] signature) {
        if (!algorithm.equals(ALGORITHM)) {
            return false;
        }
        try {
            SubjectPublicKeyInfo info = SubjectPublicKeyInfo.getInstance(publicKey);
            if (!info.getAlgorithm().getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey)
                    || !SECObjectIdentifiers.secp256r1.equals(
                            info.getAlgorithm().getParameters())) {
                return false;
            }
            AsymmetricKeyParameter key = PublicKeyFactory.createKey(info);
            ECDSASigner signer = new ECDSASigner();
            signer.init(false, key);
            BigInteger[] pair = StandardDSAEncoding.INSTANCE.decode(
                    ((ECPublicKeyParameters) key).getParameters().getN(), signature);
            return signer.verifySignature(sha256(message), pair[0], pair[1]);
        } catch (IOException | RuntimeException e) {
            return false; // what this library throws for malformed bytes is of many kinds, and none of them is a
            // signature
        }
    }

    private static byte[] sha256(byte[] message) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(message);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
