package io.sekimori.authority.ca;

import io.sekimori.keys.KeyException;
import java.security.PublicKey;

/**
 * A key on P-256 that signs where it lies.
 *
 * @param publicKey its public half
 * @param signer the private half
 */
public record SigningKey(PublicKey publicKey, Signer signer) {

    /** What signs. */
    @FunctionalInterface
    public interface Signer {

        /** ECDSA over SHA-256, DER-encoded. */
        byte[] sign(byte[] message) throws KeyException;
    }
}
