package io.sekimori.connection.mqtt;

import java.io.IOException;

/** Sees where packets begin among bytes that pass by (MQTT 3.1.1, 2.2), however they are cut. Confined to one thread. */
final class Packets {

    private static final int NOTHING = -1;
    private static final int MOST_LENGTH_BITS = 4 * 7;

    private final Heads heads;
    private int first = NOTHING;
    private int length;
    private int lengthBits;
    private int content; // what is still to come of the packet that has begun

    /** Hears of each packet before any of its content has passed, and ends the connection by what it throws. */
    interface Heads {

        /**
         * A packet begins.
         *
         * @param first its first byte
         * @param length of what follows its head
         */
        void begins(int first, int length) throws IOException;
    }

    Packets(Heads heads) {
        this.heads = heads;
    }

    void pass(byte[] bytes, int from, int count) throws IOException {
        int at = from;
        while (at < from + count) {
            if (content > 0) {
                int passing = Math.min(content, from + count - at);
                content -= passing;
                at += passing;
            } else {
                pass(bytes[at++] & 0xFF);
            }
        }
    }

    private void pass(int next) throws IOException {
        if (first == NOTHING) {
            first = next;
            length = 0;
            lengthBits = 0;
            return;
        }
        length |= (next & 0x7F) << lengthBits;
        lengthBits += 7;
        if (next < 0x80) {
            heads.begins(first, length);
            content = length;
            first = NOTHING;
        } else if (lengthBits == MOST_LENGTH_BITS) {
            throw new IOException("a packet whose length does not end");
        }
    }
}
