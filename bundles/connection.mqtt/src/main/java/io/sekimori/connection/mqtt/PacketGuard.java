package io.sekimori.connection.mqtt;

import io.sekimori.payload.PayloadCodec;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Looks at what passes between the MQTT client and a broker, which may be anybody's by now, and ends the connection for what
 * would take memory without end: the client makes room for whatever length a packet claims, up to 256 MiB, keeps what comes
 * "exactly once" until the broker releases it, and keeps acknowledgements that the broker does not read. A process without
 * memory ends, and with it every other way to update it. Thread-safe: one thread reads, another writes.
 */
final class PacketGuard {

    /** Of the largest message that is read, with its topic. One that is only a little too large is dropped by itself. */
    static final int MOST_BYTES = PayloadCodec.MAX_BYTES + (128 << 10);

    /** So many messages may have come whose acknowledgements have not gone. Usually it is a dozen at most. */
    static final int MOST_UNANSWERED = 1_000;

    private static final int PUBLISH = 3;
    private static final int PUBACK = 4;

    /** CONNACK, PUBLISH, PUBACK, SUBACK, UNSUBACK, PINGRESP: what a broker has to say if nothing is sent exactly once. */
    private static final Set<Integer> TAKEN = Set.of(2, PUBLISH, PUBACK, 9, 11, 13);

    private final AtomicInteger unanswered = new AtomicInteger();

    /** What the client reads. */
    InputStream from(InputStream broker) {
        return new Guarded(broker, new Packets(this::comes));
    }

    /** What the client writes. */
    OutputStream to(OutputStream broker) {
        Packets packets = new Packets(this::goes);
        return new FilterOutputStream(broker) {
            @Override
            public void write(int one) throws IOException {
                write(new byte[] {(byte) one}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int from, int count) throws IOException {
                out.write(bytes, from, count);
                packets.pass(bytes, from, count);
            }
        };
    }

    private void comes(int first, int length) throws IOException {
        int type = first >> 4;
        int quality = first >> 1 & 3;
        if (!TAKEN.contains(type) || type == PUBLISH && quality > Session.AT_LEAST_ONCE) {
            throw new IOException("the broker sent a packet that nobody asked for (" + first + ")");
        }
        if (length > MOST_BYTES) {
            throw new IOException("the broker sent a packet of " + length + " bytes");
        }
        if (type == PUBLISH && quality == Session.AT_LEAST_ONCE && unanswered.incrementAndGet() > MOST_UNANSWERED) {
            throw new IOException("the broker takes no acknowledgements");
        }
    }

    private void goes(int first, int length) {
        if (first >> 4 == PUBACK) {
            unanswered.decrementAndGet();
        }
    }

    /** No more of it has been read than was looked at. */
    private static final class Guarded extends InputStream {

        private final InputStream broker;
        private final Packets packets;

        Guarded(InputStream broker, Packets packets) {
            this.broker = broker;
            this.packets = packets;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] bytes, int from, int most) throws IOException {
            int count = broker.read(bytes, from, most);
            if (count > 0) {
                packets.pass(bytes, from, count);
            }
            return count;
        }

        @Override
        public int available() throws IOException {
            return broker.available();
        }

        @Override
        public void close() throws IOException {
            broker.close();
        }
    }
}
