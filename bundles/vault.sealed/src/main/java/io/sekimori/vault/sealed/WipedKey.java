package io.sekimori.vault.sealed;

import java.util.Arrays;
import javax.crypto.SecretKey;

/**
 * A key that can be wiped, which the Java runtime's own cannot. Owns its bytes. What a cipher copies out of it meanwhile
 * it cannot reach. Thread-safe: once closed it gives zeros.
 */
final class WipedKey implements SecretKey, AutoCloseable {

    private static final long serialVersionUID = 1L;

    private final transient byte[] key;
    private final String algorithm;

    WipedKey(byte[] key, String algorithm) {
        this.key = key;
        this.algorithm = algorithm;
    }

    @Override
    public String getAlgorithm() {
        return algorithm;
    }

    @Override
    public String getFormat() {
        return "RAW";
    }

    @Override
    public byte[] getEncoded() {
        return key.clone();
    }

    @Override
    public boolean isDestroyed() {
        return false;
    }

    @Override
    public void destroy() {
        close();
    }

    @Override
    public void close() {
        Arrays.fill(key, (byte) 0);
    }

    @Override
    public String toString() {
        return "[secret]";
    }
}
