package io.sekimori.vault.sealed;

import io.sekimori.vault.VaultException;
import java.io.ByteArrayOutputStream;
import java.security.SecureRandom;
import java.util.Arrays;

/** Seals and opens what fits into memory, in the same form as files. Thread-safe. */
final class Sealing {

    private final SecureRandom random = new SecureRandom();

    byte[] salt() {
        byte[] salt = new byte[Hkdf.BYTES];
        random.nextBytes(salt);
        return salt;
    }

    byte[] seal(byte[] dataKey, Content content, byte[] plain) throws VaultException {
        byte[] salt = salt();
        ByteArrayOutputStream sealed = new ByteArrayOutputStream(sealedBytes(plain.length));
        sealed.writeBytes(Chunks.header(salt));
        byte[] out = new byte[Chunks.SEALED_BYTES];
        byte[] chunk = {};
        try (Chunks chunks = Chunks.toSeal(dataKey, salt, content)) {
            int from = 0;
            do {
                int to = Math.min(from + Chunks.PLAIN_BYTES, plain.length);
                chunk = Arrays.copyOfRange(plain, from, to);
                sealed.write(out, 0, chunks.seal(chunk, chunk.length, to == plain.length, out));
                Arrays.fill(chunk, (byte) 0);
                from = to;
            } while (from < plain.length);
            return sealed.toByteArray();
        } finally {
            Arrays.fill(chunk, (byte) 0);
        }
    }

    /** The plain bytes, to be wiped by the caller. */
    byte[] open(byte[] dataKey, Content content, byte[] sealed) throws VaultException {
        if (sealed.length < Chunks.HEADER_BYTES + Chunks.TAG_BYTES) {
            throw Chunks.damaged("the end is missing");
        }
        int count = (sealed.length - Chunks.HEADER_BYTES + Chunks.SEALED_BYTES - 1) / Chunks.SEALED_BYTES;
        int length = sealed.length - Chunks.HEADER_BYTES - count * Chunks.TAG_BYTES;
        byte[] plain = new byte[Math.max(length, 0)];
        byte[] chunk = new byte[Chunks.PLAIN_BYTES];
        boolean whole = false;
        try (Chunks chunks = Chunks.toOpen(dataKey, Arrays.copyOf(sealed, Chunks.HEADER_BYTES), content)) {
            int at = 0;
            for (int from = Chunks.HEADER_BYTES; from < sealed.length; from += Chunks.SEALED_BYTES) {
                int to = Math.min(from + Chunks.SEALED_BYTES, sealed.length);
                int made = chunks.open(Arrays.copyOfRange(sealed, from, to), to - from, to == sealed.length, chunk);
                System.arraycopy(chunk, 0, plain, at, made);
                at += made;
            }
            whole = true;
            return plain;
        } finally {
            Arrays.fill(chunk, (byte) 0);
            if (!whole) {
                Arrays.fill(plain, (byte) 0);
            }
        }
    }

    /** How long what seals that many bytes is at most. */
    static int sealedBytes(int plain) {
        return Chunks.HEADER_BYTES + plain + (plain / Chunks.PLAIN_BYTES + 1) * Chunks.TAG_BYTES;
    }
}
