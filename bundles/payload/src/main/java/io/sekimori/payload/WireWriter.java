package io.sekimori.payload;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes protobuf fields. Confined to one thread. */
final class WireWriter {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    WireWriter varint(int field, long value) {
        tag(field, WireType.VARINT);
        varint(value);
        return this;
    }

    WireWriter fixed64(int field, double value) {
        tag(field, WireType.FIXED64);
        littleEndian(Double.doubleToRawLongBits(value), Long.BYTES);
        return this;
    }

    WireWriter fixed32(int field, float value) {
        tag(field, WireType.FIXED32);
        littleEndian(Float.floatToRawIntBits(value), Integer.BYTES);
        return this;
    }

    WireWriter text(int field, String value) {
        return bytes(field, value.getBytes(StandardCharsets.UTF_8));
    }

    WireWriter bytes(int field, byte[] value) {
        tag(field, WireType.LENGTH);
        varint(value.length);
        out.writeBytes(value);
        return this;
    }

    byte[] written() {
        return out.toByteArray();
    }

    private void tag(int field, WireType type) {
        varint((long) field << 3 | type.ordinal());
    }

    private void varint(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            out.write((int) (rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    private void littleEndian(long bits, int bytes) {
        for (int i = 0; i < bytes; i++) {
            out.write((int) (bits >>> 8 * i));
        }
    }
}
