package io.sekimori.vault.sealed;

import io.sekimori.vault.VaultCode;
import io.sekimori.vault.VaultException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * Seals or opens the chunks of one file, one after the other: the STREAM construction of Hoang, Reyhanitabar, Rogaway
 * and Vizár (CRYPTO 2015), with nonces as in age (age-encryption.org/v1, payload) and a key for each file as in Tink's
 * AES-GCM-HKDF streaming. The nonce of a chunk is its number, and one byte that says whether it is the last: a chunk in
 * another place does not open, a file that was cut off has no last chunk, and behind a last one nothing opens.
 *
 * <p>Thread-safe; {@link #close} by another thread wipes the key between two chunks, and ends the rest.
 */
final class Chunks implements AutoCloseable {

    /** Plain bytes in each chunk but the last. */
    static final int PLAIN_BYTES = 1 << 16;

    static final int TAG_BYTES = 16;

    /** Bytes of a sealed chunk that is not the last. */
    static final int SEALED_BYTES = PLAIN_BYTES + TAG_BYTES;

    /** Format and salt, in front of the chunks. */
    static final int HEADER_BYTES = 4 + Hkdf.BYTES;

    private static final byte[] FORMAT = {'S', 'K', 'V', 1};
    private static final int NONCE_BYTES = 12;

    private final int mode;
    private @Nullable Cipher cipher;
    private final WipedKey key;
    private long next;

    private Chunks(int mode, WipedKey key) throws GeneralSecurityException {
        this.mode = mode;
        this.key = key;
        this.cipher = Cipher.getInstance("AES/GCM/NoPadding", "SunJCE");
    }

    /** The chunks of a new file; {@code salt} is random, and never used again. */
    static Chunks toSeal(byte[] dataKey, byte[] salt, Content content) throws VaultException {
        return of(Cipher.ENCRYPT_MODE, dataKey, salt, content);
    }

    /** The chunks of a file with this header. */
    static Chunks toOpen(byte[] dataKey, byte[] header, Content content) throws VaultException {
        if (header.length != HEADER_BYTES || !Arrays.equals(header, 0, FORMAT.length, FORMAT, 0, FORMAT.length)) {
            throw damaged("no header");
        }
        return of(Cipher.DECRYPT_MODE, dataKey, Arrays.copyOfRange(header, FORMAT.length, HEADER_BYTES), content);
    }

    private static Chunks of(int mode, byte[] dataKey, byte[] salt, Content content) throws VaultException {
        WipedKey key = new WipedKey(Hkdf.derive(dataKey, salt, content.encoded()), "AES");
        try {
            return new Chunks(mode, key);
        } catch (GeneralSecurityException e) {
            key.close();
            throw unavailable(e);
        }
    }

    static byte[] header(byte[] salt) {
        return ByteBuffer.allocate(HEADER_BYTES).put(FORMAT).put(salt).array();
    }

    /** Seals {@code length} plain bytes into {@code out}, and answers how many that makes. */
    synchronized int seal(byte[] plain, int length, boolean last, byte[] out) throws VaultException {
        return turn(plain, length, last, out);
    }

    /** Opens a sealed chunk into {@code out}, and answers how many plain bytes that makes. */
    synchronized int open(byte[] sealed, int length, boolean last, byte[] out) throws VaultException {
        if (length < TAG_BYTES) {
            throw damaged("the end is missing");
        }
        if (length == TAG_BYTES && next > 0) {
            throw damaged("an empty chunk behind others"); // as in age: only an empty file has an empty chunk
        }
        return turn(sealed, length, last, out);
    }

    private int turn(byte[] in, int length, boolean last, byte[] out) throws VaultException {
        Cipher current = cipher;
        if (current == null) {
            throw new VaultException(VaultCode.VAULT_KEY_DESTROYED, "the key was destroyed or the file closed", null);
        }
        try {
            byte[] nonce = ByteBuffer.allocate(NONCE_BYTES)
                    .putInt(0, 0)
                    .putLong(3, next)
                    .put(NONCE_BYTES - 1, (byte) (last ? 1 : 0))
                    .array();
            current.init(mode, key, new GCMParameterSpec(8 * TAG_BYTES, nonce));
            int made = current.doFinal(in, 0, length, out, 0);
            next++;
            return made;
        } catch (javax.crypto.AEADBadTagException e) {
            throw damaged("chunk " + next + " is not what was written");
        } catch (GeneralSecurityException e) {
            throw unavailable(e);
        }
    }

    /** Wipes the key. */
    @Override
    public synchronized void close() {
        key.close();
        cipher = null;
    }

    static VaultException damaged(String found) {
        return new VaultException(VaultCode.VAULT_DAMAGED, found, null);
    }

    private static VaultException unavailable(GeneralSecurityException e) {
        return new VaultException(VaultCode.VAULT_KEY_UNAVAILABLE, String.valueOf(e.getMessage()), e);
    }
}
