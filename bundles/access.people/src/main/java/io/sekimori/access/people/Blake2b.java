package io.sekimori.access.people;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/** BLAKE2b without a key (RFC 7693). Stateless. */
final class Blake2b {

    static final int MOST_BYTES = 64;

    private static final int BLOCK_BYTES = 128;
    private static final int ROUNDS = 12;

    // RFC 7693, 2.6
    private static final long[] IV = {
        0x6a09e667f3bcc908L, 0xbb67ae8584caa73bL, 0x3c6ef372fe94f82bL, 0xa54ff53a5f1d36f1L,
        0x510e527fade682d1L, 0x9b05688c2b3e6c1fL, 0x1f83d9abfb41bd6bL, 0x5be0cd19137e2179L
    };

    // RFC 7693, 2.7, a hexadecimal digit for each; rounds 10 and 11 begin anew
    private static final List<String> SIGMA = List.of(
            "0123456789abcdef",
            "ea489fd61c02b753",
            "b8c052fdae367194",
            "7931dcbe265a40f8",
            "905724afe1bc683d",
            "2c6a0b834d75fe19",
            "c51fed4a0763928b",
            "db7ec13950f4862a",
            "6fe9b308c2d714a5",
            "a2847615fb9e3cd0");

    private Blake2b() {}

    /**
     * The hash of {@code message}.
     *
     * @param bytes how long it is, 1 to {@value #MOST_BYTES}
     */
    static byte[] hash(byte[] message, int bytes) {
        long[] state = IV.clone();
        state[0] ^= 0x01010000L ^ bytes; // RFC 7693, 2.5: no key, fanout and depth 1
        int last = Math.max(0, (message.length - 1) / BLOCK_BYTES);
        for (int block = 0; block <= last; block++) {
            int from = block * BLOCK_BYTES;
            byte[] padded = Arrays.copyOfRange(message, from, from + BLOCK_BYTES);
            long counted = Math.min(message.length, from + BLOCK_BYTES);
            compress(state, padded, counted, block == last);
            Arrays.fill(padded, (byte) 0);
        }
        ByteBuffer out = ByteBuffer.allocate(MOST_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (long word : state) {
            out.putLong(word);
        }
        return Arrays.copyOf(out.array(), bytes);
    }

    private static void compress(long[] state, byte[] block, long counted, boolean last) {
        long[] words = new long[16];
        ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer().get(words);
        long[] v = Arrays.copyOf(state, 16);
        System.arraycopy(IV, 0, v, 8, 8);
        v[12] ^= counted;
        if (last) {
            v[14] = ~v[14];
        }
        for (int round = 0; round < ROUNDS; round++) {
            String order = SIGMA.get(round % SIGMA.size());
            for (int i = 0; i < 4; i++) {
                mix(v, i, i + 4, i + 8, i + 12, words[at(order, 2 * i)], words[at(order, 2 * i + 1)]);
            }
            for (int i = 0; i < 4; i++) {
                long x = words[at(order, 8 + 2 * i)];
                long y = words[at(order, 9 + 2 * i)];
                mix(v, i, 4 + (i + 1) % 4, 8 + (i + 2) % 4, 12 + (i + 3) % 4, x, y);
            }
        }
        for (int i = 0; i < 8; i++) {
            state[i] ^= v[i] ^ v[i + 8];
        }
        Arrays.fill(words, 0);
    }

    private static int at(String order, int place) {
        return Character.digit(order.charAt(place), 16);
    }

    // RFC 7693, 3.1
    private static void mix(long[] v, int a, int b, int c, int d, long x, long y) {
        v[a] += v[b] + x;
        v[d] = Long.rotateRight(v[d] ^ v[a], 32);
        v[c] += v[d];
        v[b] = Long.rotateRight(v[b] ^ v[c], 24);
        v[a] += v[b] + y;
        v[d] = Long.rotateRight(v[d] ^ v[a], 16);
        v[c] += v[d];
        v[b] = Long.rotateRight(v[b] ^ v[c], 63);
    }
}
