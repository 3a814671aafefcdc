package io.sekimori.payload;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Turns payloads into the bytes of a message and back: protobuf, in gzip where that is shorter. Reading is bounded
 * before and after decompression. Stateless.
 */
public final class PayloadCodec {

    /** The most bytes of a message that is read, packed and unpacked. */
    public static final int MAX_BYTES = 1 << 20;

    /** The most bytes of a message that should be sent: brokers end the connection at 256 KiB, topic and header included. */
    public static final int MAX_SENT = 240 << 10;

    private PayloadCodec() {}

    /** The shorter of the plain and the gzipped form. */
    public static byte[] pack(KuraPayload payload) {
        byte[] plain = plain(payload);
        byte[] zipped = zip(plain);
        return zipped.length < plain.length ? zipped : plain;
    }

    /** The plain form. The same content gives the same bytes, which is what signatures cover. */
    public static byte[] plain(KuraPayload payload) {
        return PayloadEncoder.encode(payload);
    }

    /**
     * Reads a message in either form.
     *
     * @throws MalformedMessage if it is no payload, or larger than {@link #MAX_BYTES} packed or unpacked
     */
    public static KuraPayload unpack(byte[] message) throws MalformedMessage {
        if (message.length > MAX_BYTES) {
            throw new MalformedMessage("more than " + MAX_BYTES + " bytes");
        }
        return PayloadDecoder.decode(isGzip(message) ? unzip(message) : message);
    }

    // Never a plain payload: as protobuf these two bytes are a field of a layout that does not exist.
    private static boolean isGzip(byte[] message) {
        return message.length > 1 && message[0] == (byte) 0x1F && message[1] == (byte) 0x8B;
    }

    private static byte[] zip(byte[] plain) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(plain);
        } catch (IOException e) {
            throw new UncheckedIOException("memory took no bytes", e);
        }
        return out.toByteArray();
    }

    private static byte[] unzip(byte[] message) throws MalformedMessage {
        try (GZIPInputStream zip = new GZIPInputStream(new ByteArrayInputStream(message))) {
            byte[] plain = zip.readNBytes(MAX_BYTES + 1);
            if (plain.length > MAX_BYTES) {
                throw new MalformedMessage("more than " + MAX_BYTES + " bytes when unpacked");
            }
            return plain;
        } catch (IOException e) {
            throw new MalformedMessage("damaged gzip", e);
        }
    }
}
