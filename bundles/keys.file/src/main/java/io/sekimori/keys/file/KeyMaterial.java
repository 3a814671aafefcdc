package io.sekimori.keys.file;

import io.sekimori.keys.KeyAlgorithm;
import java.util.Arrays;

/**
 * A private key on its way from a file to a signature, and its public half. Owns its bytes and wipes the private ones
 * when closed; what the Java runtime copies out of them meanwhile it cannot reach.
 *
 * <p>Confined to one call.
 */
final class KeyMaterial implements AutoCloseable {

    private final KeyAlgorithm algorithm;
    private final byte[] publicKey;
    private final byte[] privateKey;

    /**
     * @param publicKey SubjectPublicKeyInfo
     * @param privateKey PKCS#8, owned and wiped by this object from now on
     */
    KeyMaterial(KeyAlgorithm algorithm, byte[] publicKey, byte[] privateKey) {
        this.algorithm = algorithm;
        this.publicKey = publicKey;
        this.privateKey = privateKey;
    }

    KeyAlgorithm algorithm() {
        return algorithm;
    }

    byte[] publicKey() {
        return publicKey;
    }

    byte[] privateKey() {
        return privateKey;
    }

    @Override
    public void close() {
        Arrays.fill(privateKey, (byte) 0);
    }

    @Override
    public String toString() {
        return "[secret]";
    }
}
