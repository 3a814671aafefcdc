package io.sekimori.access.people;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Argon2id, version 19 (RFC 9106), with the names of the RFC. Written out here because nothing else of BouncyCastle is
 * needed on a gateway, whose start verifies every byte it has (ADR 43). Used by one thread, once.
 */
final class Argon2id {

    private static final int VERSION = 0x13;
    private static final int TYPE = 2;
    private static final int SLICES = 4;
    private static final int BLOCK_WORDS = Compression.BLOCK_WORDS;
    private static final int BLOCK_BYTES = 1024;

    private final int passes;
    private final int lanes;
    private final int lane; // blocks of a lane
    private final int segment;
    private final long[] memory;
    private final Compression compression = new Compression();
    private final long[] input = new long[BLOCK_WORDS];
    private final long[] addresses = new long[BLOCK_WORDS];

    /** What goes in; owned and wiped by the caller. Neither comparable nor printable, since it holds a password. */
    static final class Input {

        private final byte[] password;
        private final byte[] salt;
        private final byte[] secret;
        private final byte[] data;

        /** P, S, K and X of the RFC; the last two may be empty. */
        Input(byte[] password, byte[] salt, byte[] secret, byte[] data) {
            this.password = password;
            this.salt = salt;
            this.secret = secret;
            this.data = data;
        }
    }

    private Argon2id(int memoryKib, int passes, int lanes) {
        this.passes = passes;
        this.lanes = lanes;
        this.segment = memoryKib / (SLICES * lanes);
        this.lane = segment * SLICES;
        this.memory = new long[lane * lanes * BLOCK_WORDS];
    }

    /** The tag of {@code bytes} bytes. Wipes what it worked with; the caller wipes the input. */
    static byte[] tag(Input in, int memoryKib, int passes, int lanes, int bytes) {
        Argon2id work = new Argon2id(memoryKib, passes, lanes);
        try {
            work.begin(start(in, memoryKib, passes, lanes, bytes));
            work.fill();
            return work.end(bytes);
        } finally {
            Arrays.fill(work.memory, 0);
            work.compression.wipe();
        }
    }

    /** H_0 of RFC 9106, 3.2 step 1. */
    private static byte[] start(Input in, int memoryKib, int passes, int lanes, int bytes) {
        byte[][] parts = {in.password, in.salt, in.secret, in.data};
        int length = 24;
        for (byte[] part : parts) {
            length += 4 + part.length;
        }
        ByteBuffer all = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        all.putInt(lanes)
                .putInt(bytes)
                .putInt(memoryKib)
                .putInt(passes)
                .putInt(VERSION)
                .putInt(TYPE);
        for (byte[] part : parts) {
            all.putInt(part.length).put(part);
        }
        byte[] h0 = Blake2b.hash(all.array(), Blake2b.MOST_BYTES);
        Arrays.fill(all.array(), (byte) 0);
        return h0;
    }

    /** Steps 3 and 4: the first two blocks of each lane. */
    private void begin(byte[] h0) {
        for (int i = 0; i < lanes; i++) {
            for (int j = 0; j < 2; j++) {
                ByteBuffer seed = ByteBuffer.allocate(h0.length + 8).order(ByteOrder.LITTLE_ENDIAN);
                byte[] block = variable(seed.put(h0).putInt(j).putInt(i).array(), BLOCK_BYTES);
                words(block).get(memory, (i * lane + j) * BLOCK_WORDS, BLOCK_WORDS);
            }
        }
    }

    /** Steps 5 and 6: every other block of each pass. */
    private void fill() {
        for (int pass = 0; pass < passes; pass++) {
            for (int slice = 0; slice < SLICES; slice++) {
                for (int i = 0; i < lanes; i++) {
                    fillSegment(pass, slice, i);
                }
            }
        }
    }

    private void fillSegment(int pass, int slice, int i) {
        boolean independent = pass == 0 && slice < SLICES / 2;
        int first = pass == 0 && slice == 0 ? 2 : 0;
        if (independent) {
            Arrays.fill(input, 0);
            // 3.4.1.2: pass, lane, slice, blocks, passes, type, and a counter
            long[] begun = {pass, i, slice, (long) lane * lanes, passes, TYPE};
            System.arraycopy(begun, 0, input, 0, begun.length);
            if (first > 0) {
                nextAddresses();
            }
        }
        for (int index = first; index < segment; index++) {
            if (independent && index % BLOCK_WORDS == 0) {
                nextAddresses();
            }
            int column = slice * segment + index;
            int current = i * lane + column;
            int previous = column == 0 ? current + lane - 1 : current - 1;
            long random = independent ? addresses[index % BLOCK_WORDS] : memory[previous * BLOCK_WORDS];
            int reference = reference(random, new int[] {pass, slice, i, index});
            compression.mix(memory, previous, memory, reference, memory, current, pass > 0);
        }
    }

    private void nextAddresses() {
        input[6]++;
        Arrays.fill(addresses, 0);
        long[] zero = new long[BLOCK_WORDS];
        compression.mix(zero, 0, input, 0, addresses, 0, false);
        compression.mix(zero, 0, addresses, 0, addresses, 0, false);
    }

    /** 3.4.2: which block the random word stands for; {@code at} is pass, slice, lane and index. */
    private int reference(long random, int[] at) {
        int pass = at[0];
        int slice = at[1];
        int index = at[3];
        int other = pass == 0 && slice == 0 ? at[2] : (int) ((random >>> 32) % lanes);
        int finished = pass == 0 ? slice * segment : lane - segment;
        int area = other == at[2] ? finished + index - 1 : finished - (index == 0 ? 1 : 0);
        long low = random & 0xffffffffL;
        long relative = area - 1 - (area * (low * low >>> 32) >>> 32);
        int from = pass == 0 || slice == SLICES - 1 ? 0 : (slice + 1) * segment;
        return other * lane + (int) ((from + relative) % lane);
    }

    /** Steps 7 and 8: the last blocks of all lanes, hashed. */
    private byte[] end(int bytes) {
        ByteBuffer last = ByteBuffer.allocate(BLOCK_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int k = 0; k < BLOCK_WORDS; k++) {
            long sum = 0;
            for (int i = 1; i <= lanes; i++) {
                sum ^= memory[(i * lane - 1) * BLOCK_WORDS + k];
            }
            last.putLong(sum);
        }
        return variable(last.array(), bytes);
    }

    /** H' of 3.3. */
    private static byte[] variable(byte[] message, int bytes) {
        ByteBuffer first = ByteBuffer.allocate(4 + message.length).order(ByteOrder.LITTLE_ENDIAN);
        byte[] v = first.putInt(bytes).put(message).array();
        if (bytes <= Blake2b.MOST_BYTES) {
            return Blake2b.hash(v, bytes);
        }
        ByteBuffer out = ByteBuffer.allocate(bytes);
        while (out.remaining() > Blake2b.MOST_BYTES) {
            v = Blake2b.hash(v, Blake2b.MOST_BYTES);
            out.put(v, 0, Blake2b.MOST_BYTES / 2);
        }
        return out.put(Blake2b.hash(v, out.remaining())).array();
    }

    private static java.nio.LongBuffer words(byte[] block) {
        return ByteBuffer.wrap(block).order(ByteOrder.LITTLE_ENDIAN).asLongBuffer();
    }
}
