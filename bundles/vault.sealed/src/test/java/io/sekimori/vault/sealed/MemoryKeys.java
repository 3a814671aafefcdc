package io.sekimori.vault.sealed;

import io.sekimori.keys.KeyCode;
import io.sekimori.keys.KeyException;
import io.sekimori.keys.WrappingKeys;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Wrapping keys in memory, which can be made to refuse. */
final class MemoryKeys implements WrappingKeys {

    final Map<String, byte[]> keys = new ConcurrentHashMap<>();
    volatile KeyCode refusal = KeyCode.KEY_EXISTS;
    volatile boolean refusing;

    @Override
    public boolean exists(String name) throws KeyException {
        refuse();
        return keys.containsKey(name);
    }

    @Override
    public byte[] wrap(String name, byte[] secret, byte[] context) throws KeyException {
        byte[] nonce = new byte[12];
        new SecureRandom().nextBytes(nonce);
        byte[] sealed = turn(Cipher.ENCRYPT_MODE, name, nonce, secret, context);
        return ByteBuffer.allocate(12 + sealed.length).put(nonce).put(sealed).array();
    }

    @Override
    public byte[] unwrap(String name, byte[] wrapped, byte[] context) throws KeyException {
        if (wrapped.length < 28) {
            throw new KeyException(KeyCode.UNWRAP_REFUSED, name, null);
        }
        byte[] nonce = Arrays.copyOf(wrapped, 12);
        return turn(Cipher.DECRYPT_MODE, name, nonce, Arrays.copyOfRange(wrapped, 12, wrapped.length), context);
    }

    @Override
    public void create(String name, String actor) throws KeyException {
        refuse();
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        if (keys.putIfAbsent(name, key) != null) {
            throw new KeyException(KeyCode.KEY_EXISTS, name, null);
        }
    }

    @Override
    public void destroy(String name, String actor, String reason) throws KeyException {
        refuse();
        if (keys.remove(name) == null) {
            throw new KeyException(KeyCode.KEY_UNKNOWN, name, null);
        }
    }

    private byte[] turn(int mode, String name, byte[] nonce, byte[] text, byte[] context) throws KeyException {
        refuse();
        byte[] key = keys.get(name);
        if (key == null) {
            throw new KeyException(KeyCode.KEY_UNKNOWN, name, null);
        }
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(128, nonce));
            cipher.updateAAD(context);
            return cipher.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new KeyException(KeyCode.UNWRAP_REFUSED, name, e);
        }
    }

    private void refuse() throws KeyException {
        if (refusing) {
            throw new KeyException(refusal, "by test", null);
        }
    }
}
