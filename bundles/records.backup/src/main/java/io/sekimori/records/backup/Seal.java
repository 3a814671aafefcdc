package io.sekimori.records.backup;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * The encryption of one backup: a key from the passphrase by Argon2id (RFC 9106), and AES-256-GCM piece by piece. Each
 * piece has its number and whether it is the last in its nonce, so that none can be changed, moved, left out or cut off.
 * Confined to one thread.
 */
final class Seal {

    /** The header: eight letters, 16 bytes of salt, 7 bytes of nonce. */
    static final int HEADER_BYTES = 31;

    static final int PIECE_BYTES = 64 << 10;
    static final int TAG_BYTES = 16;

    private static final byte[] LETTERS = "SEKIBKP1".getBytes(StandardCharsets.US_ASCII);
    private static final int SALT_BYTES = 16;
    private static final int NONCE_BYTES = 7;
    private static final int MEMORY_KIB = 64 << 10;
    private static final int PASSES = 3;

    private final byte[] header;
    private final SecretKeySpec key;
    private int pieces;

    private Seal(byte[] header, char[] passphrase) {
        this.header = header;
        this.key = key(passphrase, Arrays.copyOfRange(header, LETTERS.length, LETTERS.length + SALT_BYTES));
    }

    /** A seal of its own for a new backup. */
    static Seal fresh(char[] passphrase) {
        byte[] header = new byte[HEADER_BYTES];
        new SecureRandom().nextBytes(header);
        System.arraycopy(LETTERS, 0, header, 0, LETTERS.length);
        return new Seal(header, passphrase);
    }

    /** The seal of the backup that begins so. */
    static Seal of(byte[] header, char[] passphrase) throws DataException {
        if (header.length < HEADER_BYTES || !Arrays.equals(header, 0, LETTERS.length, LETTERS, 0, LETTERS.length)) {
            throw new DataException(DataCode.DATA_DAMAGED, "it is not a backup", null);
        }
        return new Seal(header, passphrase);
    }

    byte[] header() {
        return header.clone();
    }

    /** Encrypts the next piece. */
    byte[] close(byte[] piece, int length, boolean last) throws IOException {
        try {
            return cipher(Cipher.ENCRYPT_MODE, last).doFinal(piece, 0, length);
        } catch (GeneralSecurityException e) {
            throw new IOException("the piece was not encrypted", e);
        }
    }

    /** Decrypts the next piece. */
    byte[] open(byte[] piece, boolean last) throws DataException {
        try {
            return cipher(Cipher.DECRYPT_MODE, last).doFinal(piece);
        } catch (AEADBadTagException e) {
            throw new DataException(DataCode.BACKUP_PASSPHRASE_WRONG, "a piece does not open", e);
        } catch (GeneralSecurityException e) {
            throw new DataException(DataCode.DATA_DAMAGED, "a piece is none", e);
        }
    }

    private Cipher cipher(int mode, boolean last) throws GeneralSecurityException {
        ByteBuffer nonce = ByteBuffer.allocate(NONCE_BYTES + Integer.BYTES + 1);
        nonce.put(header, LETTERS.length + SALT_BYTES, NONCE_BYTES)
                .putInt(pieces)
                .put((byte) (last ? 1 : 0));
        pieces = Math.incrementExact(pieces);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(8 * TAG_BYTES, nonce.array()));
        cipher.updateAAD(header);
        return cipher;
    }

    private static SecretKeySpec key(char[] passphrase, byte[] salt) {
        ByteBuffer encoded = StandardCharsets.UTF_8.encode(CharBuffer.wrap(passphrase));
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        byte[] key = new byte[32];
        try {
            Argon2BytesGenerator generator = new Argon2BytesGenerator();
            generator.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                    .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                    .withMemoryAsKB(MEMORY_KIB)
                    .withIterations(PASSES)
                    .withParallelism(1)
                    .withSalt(salt)
                    .build());
            generator.generateBytes(bytes, key);
            return new SecretKeySpec(key, "AES");
        } finally {
            Arrays.fill(bytes, (byte) 0);
            Arrays.fill(encoded.array(), (byte) 0);
            Arrays.fill(key, (byte) 0);
        }
    }
}
