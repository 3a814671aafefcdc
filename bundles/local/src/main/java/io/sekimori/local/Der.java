package io.sekimori.local;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** The few elements of DER (X.690) that a certificate has beside what the Java runtime encodes. Stateless. */
final class Der {

    static final int BOOLEAN = 0x01;
    static final int INTEGER = 0x02;
    static final int BIT_STRING = 0x03;
    static final int OCTET_STRING = 0x04;
    static final int UTC_TIME = 0x17;
    static final int GENERALIZED_TIME = 0x18;
    static final int SEQUENCE = 0x30;

    private Der() {}

    static byte[] element(int tag, byte[]... contents) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] each : contents) {
            content.writeBytes(each);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        // X.690 8.1.3: short form below 128; nothing here is longer than 65,535.
        if (content.size() > 0xff) {
            out.write(0x82);
            out.write(content.size() >> 8);
        } else if (content.size() > 0x7f) {
            out.write(0x81);
        }
        out.write(content.size() & 0xff);
        out.writeBytes(content.toByteArray());
        return out.toByteArray();
    }

    static byte[] sequence(byte[]... contents) {
        return element(SEQUENCE, contents);
    }

    static byte[] integer(BigInteger value) {
        return element(INTEGER, value.toByteArray());
    }

    static byte[] text(int tag, String ascii) {
        return element(tag, ascii.getBytes(StandardCharsets.US_ASCII));
    }

    static byte[] bits(byte[] octets) {
        return element(BIT_STRING, new byte[] {0}, octets);
    }

    /** Bytes that are written out: object identifiers and constants. */
    static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
