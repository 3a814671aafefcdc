package io.sekimori.keys.file;

import io.sekimori.keys.KeyCode;
import io.sekimori.keys.KeyException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * One AES-256 key on its way from a file to a use; wipes its bytes when closed. Wraps with AES-GCM of the Java runtime
 * (NIST SP 800-38D), a random nonce of 96 bits each time: a key may wrap 2^32 times, and wraps a handful.
 *
 * <p>A wrapped secret is one byte of format, 12 of nonce, the encrypted secret, 16 of tag. A key file is a line of
 * ASCII, the 32 bytes, and SHA-256 over both, so that a damaged file is told from a whole one. Confined to one call.
 */
final class WrappingKey implements AutoCloseable {

    static final int KEY_BYTES = 32;

    private static final byte[] FIRST_LINE = "sekimori-wrapping-key 1\n".getBytes(StandardCharsets.US_ASCII);
    private static final int SUM_BYTES = 32;

    /** What a key file has, in bytes. */
    static final int FILE_BYTES = FIRST_LINE.length + KEY_BYTES + SUM_BYTES;

    private static final byte FORMAT = 1;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;

    private final byte[] key;

    private WrappingKey(byte[] key) {
        this.key = key;
    }

    static WrappingKey generate(SecureRandom random) {
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        return new WrappingKey(key);
    }

    /** The content of its file; the caller wipes it. */
    byte[] encode() {
        byte[] file = Arrays.copyOf(FIRST_LINE, FILE_BYTES);
        System.arraycopy(key, 0, file, FIRST_LINE.length, KEY_BYTES);
        System.arraycopy(sum(file), 0, file, FIRST_LINE.length + KEY_BYTES, SUM_BYTES);
        return file;
    }

    /** Reads a key file; the caller wipes {@code file}. */
    static WrappingKey parse(byte[] file) throws KeyException {
        if (file.length != FILE_BYTES
                || !Arrays.equals(file, 0, FIRST_LINE.length, FIRST_LINE, 0, FIRST_LINE.length)
                || !MessageDigest.isEqual(sum(file), Arrays.copyOfRange(file, FILE_BYTES - SUM_BYTES, FILE_BYTES))) {
            throw new KeyException(KeyCode.KEY_FILE_MALFORMED, "not a wrapping key", null);
        }
        return new WrappingKey(Arrays.copyOfRange(file, FIRST_LINE.length, FIRST_LINE.length + KEY_BYTES));
    }

    byte[] wrap(SecureRandom random, byte[] secret, byte[] context) throws KeyException {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] wrapped = new byte[1 + NONCE_BYTES + secret.length + TAG_BYTES];
        wrapped[0] = FORMAT;
        System.arraycopy(nonce, 0, wrapped, 1, NONCE_BYTES);
        try {
            cipher(Cipher.ENCRYPT_MODE, nonce, context).doFinal(secret, 0, secret.length, wrapped, 1 + NONCE_BYTES);
            return wrapped;
        } catch (GeneralSecurityException e) {
            throw unavailable(e);
        }
    }

    byte[] unwrap(byte[] wrapped, byte[] context) throws KeyException {
        int start = 1 + NONCE_BYTES;
        if (wrapped.length <= start + TAG_BYTES || wrapped[0] != FORMAT) {
            throw new KeyException(KeyCode.UNWRAP_REFUSED, "not a wrapped key", null);
        }
        try {
            return cipher(Cipher.DECRYPT_MODE, Arrays.copyOfRange(wrapped, 1, start), context)
                    .doFinal(wrapped, start, wrapped.length - start);
        } catch (AEADBadTagException e) {
            throw new KeyException(KeyCode.UNWRAP_REFUSED, "not wrapped by this key for this context", e);
        } catch (GeneralSecurityException e) {
            throw unavailable(e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, byte[] context) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding", "SunJCE");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(8 * TAG_BYTES, nonce));
        cipher.updateAAD(context);
        return cipher;
    }

    private static byte[] sum(byte[] file) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(file, 0, FIRST_LINE.length + KEY_BYTES);
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    private static KeyException unavailable(GeneralSecurityException e) {
        return new KeyException(KeyCode.ALGORITHM_UNAVAILABLE, String.valueOf(e.getMessage()), e);
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
