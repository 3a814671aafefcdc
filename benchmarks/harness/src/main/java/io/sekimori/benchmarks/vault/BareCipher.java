package io.sekimori.benchmarks.vault;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Files in chunks of the vault's size, each one message of AES-256-GCM under one key: no index, no derivation, no lock. */
final class BareCipher {

    static final int CHUNK = 1 << 16;

    private static final int TAG_BYTES = 16;
    private static final SecretKeySpec KEY = new SecretKeySpec(new byte[32], "AES");

    private final Cipher cipher;
    private final byte[] plain = new byte[CHUNK];
    private final byte[] sealed = new byte[CHUNK + TAG_BYTES];

    BareCipher() throws IOException {
        try {
            cipher = Cipher.getInstance("AES/GCM/NoPadding", "SunJCE");
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }

    /** Writes the content and makes it durable. */
    void write(Path path, byte[] content) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(0);
            for (int at = 0; at < content.length; at += CHUNK) {
                int length = Math.min(CHUNK, content.length - at);
                file.write(sealed, 0, turn(Cipher.ENCRYPT_MODE, at, content, at, length, sealed));
            }
            file.getFD().sync();
        }
    }

    /** Reads it back, and answers how many bytes that were. */
    long read(Path path) throws IOException {
        long read = 0;
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            for (int length = file.read(sealed); length > 0; length = file.read(sealed)) {
                read += turn(Cipher.DECRYPT_MODE, read, sealed, 0, length, plain);
            }
        }
        return read;
    }

    private int turn(int mode, long nonce, byte[] in, int from, int length, byte[] out) throws IOException {
        try {
            byte[] counter = ByteBuffer.allocate(12).putLong(nonce).array();
            cipher.init(mode, KEY, new GCMParameterSpec(8 * TAG_BYTES, counter));
            return cipher.doFinal(in, from, length, out, 0);
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
    }
}
