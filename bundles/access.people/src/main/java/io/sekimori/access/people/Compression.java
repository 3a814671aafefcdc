package io.sekimori.access.people;

import java.util.Arrays;

/** The compression function of Argon2 (RFC 9106, 3.5 and 3.6). Used by one thread. */
final class Compression {

    static final int BLOCK_WORDS = 128;

    private final long[] mixed = new long[BLOCK_WORDS];

    /** Forgets what it worked with. */
    void wipe() {
        Arrays.fill(mixed, 0);
    }

    /** G of 3.5: {@code to} becomes the mix of {@code x} and {@code y}, and of itself if {@code over}. */
    void mix(long[] x, int xBlock, long[] y, int yBlock, long[] to, int toBlock, boolean over) {
        int xAt = xBlock * BLOCK_WORDS;
        int yAt = yBlock * BLOCK_WORDS;
        int toAt = toBlock * BLOCK_WORDS;
        for (int k = 0; k < BLOCK_WORDS; k++) {
            long r = x[xAt + k] ^ y[yAt + k];
            mixed[k] = r;
            to[toAt + k] = over ? to[toAt + k] ^ r : r;
        }
        for (int row = 0; row < BLOCK_WORDS; row += 16) {
            permute(mixed, row, 2);
        }
        for (int column = 0; column < 16; column += 2) {
            permute(mixed, column, 16);
        }
        for (int k = 0; k < BLOCK_WORDS; k++) {
            to[toAt + k] ^= mixed[k];
        }
    }

    /** P of 3.6 on eight pairs of words, {@code step} apart. */
    private static void permute(long[] v, int at, int step) {
        for (int i = 0; i < 4; i++) {
            quarter(v, word(at, step, i), word(at, step, 4 + i), word(at, step, 8 + i), word(at, step, 12 + i));
        }
        for (int i = 0; i < 4; i++) {
            quarter(
                    v,
                    word(at, step, i),
                    word(at, step, 4 + (i + 1) % 4),
                    word(at, step, 8 + (i + 2) % 4),
                    word(at, step, 12 + (i + 3) % 4));
        }
    }

    private static int word(int at, int step, int number) {
        return at + (number >> 1) * step + (number & 1);
    }

    private static void quarter(long[] v, int a, int b, int c, int d) {
        v[a] = multiplied(v[a], v[b]);
        v[d] = Long.rotateRight(v[d] ^ v[a], 32);
        v[c] = multiplied(v[c], v[d]);
        v[b] = Long.rotateRight(v[b] ^ v[c], 24);
        v[a] = multiplied(v[a], v[b]);
        v[d] = Long.rotateRight(v[d] ^ v[a], 16);
        v[c] = multiplied(v[c], v[d]);
        v[b] = Long.rotateRight(v[b] ^ v[c], 63);
    }

    private static long multiplied(long a, long b) {
        return a + b + 2 * (a & 0xffffffffL) * (b & 0xffffffffL);
    }
}
