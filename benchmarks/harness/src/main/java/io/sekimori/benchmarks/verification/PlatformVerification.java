package io.sekimori.benchmarks.verification;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;

/** One Ed25519 signature verified by the JDK and nothing else. */
final class PlatformVerification {

    private final PublicKey key;
    private final byte[] message;
    private final byte[] signature;

    PlatformVerification(String publicKeyHex, byte[] message, byte[] signature) throws IOException {
        // SubjectPublicKeyInfo of an Ed25519 key (RFC 8410, section 4).
        byte[] encoded = HexFormat.of().parseHex("302a300506032b6570032100" + publicKeyHex);
        try {
            this.key = KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            throw new IOException("the platform does not take the key", e);
        }
        this.message = message;
        this.signature = signature;
    }

    void verify() throws IOException {
        try {
            Signature verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(key);
            verifier.update(message);
            if (!verifier.verify(signature)) {
                throw new IOException("the platform refuses the signature");
            }
        } catch (GeneralSecurityException e) {
            throw new IOException("the platform cannot verify", e);
        }
    }
}
