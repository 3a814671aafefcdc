package io.sekimori.payload;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads protobuf fields from outside: every length is checked against what is there before anything is allocated.
 * Confined to one thread.
 */
final class WireReader {

    private static final int MAX_DEPTH = 8;

    private final ByteBuffer in;
    private int field;
    private WireType type = WireType.VARINT;

    WireReader(byte[] bytes) {
        this(ByteBuffer.wrap(bytes));
    }

    private WireReader(ByteBuffer in) {
        this.in = in.order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Goes to the next field; false at the end. Its value must then be read or skipped. */
    boolean next() throws MalformedMessage {
        if (!in.hasRemaining()) {
            return false;
        }
        long tag = varint();
        int layout = (int) (tag & 7);
        if (tag >>> 3 == 0 || tag >>> 32 != 0 || layout >= WireType.values().length) {
            throw new MalformedMessage("a field without a number or a known layout");
        }
        field = (int) (tag >>> 3);
        type = WireType.values()[layout];
        return true;
    }

    /** Whether the current field is this one, laid out like this. One of another layout is an unknown field. */
    boolean at(int wantedField, WireType wantedType) {
        return field == wantedField && type == wantedType;
    }

    long varint() throws MalformedMessage {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            need(1);
            byte next = in.get();
            value |= (next & 0x7FL) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new MalformedMessage("a number of more than ten bytes");
    }

    double fixed64() throws MalformedMessage {
        need(Double.BYTES);
        return in.getDouble();
    }

    float fixed32() throws MalformedMessage {
        need(Float.BYTES);
        return in.getFloat();
    }

    byte[] bytes() throws MalformedMessage {
        byte[] bytes = new byte[length()];
        in.get(bytes);
        return bytes;
    }

    String text() throws MalformedMessage {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(slice()).toString();
        } catch (CharacterCodingException e) {
            throw new MalformedMessage("a text that is not UTF-8", e);
        }
    }

    /** A reader of the message in the current field. */
    WireReader message() throws MalformedMessage {
        return new WireReader(slice());
    }

    /** Passes over the current field. */
    void skip() throws MalformedMessage {
        skip(0);
    }

    private void skip(int depth) throws MalformedMessage {
        switch (type) {
            case VARINT -> varint();
            case FIXED64 -> fixed64();
            case FIXED32 -> fixed32();
            case LENGTH -> slice();
            case GROUP_START -> skipGroup(field, depth);
            case GROUP_END -> throw new MalformedMessage("a group ends that has not begun");
        }
    }

    private void skipGroup(int group, int depth) throws MalformedMessage {
        if (depth == MAX_DEPTH) {
            throw new MalformedMessage("groups in groups beyond " + MAX_DEPTH);
        }
        while (next()) {
            if (at(group, WireType.GROUP_END)) {
                return;
            }
            skip(depth + 1);
        }
        throw new MalformedMessage("a group does not end");
    }

    private ByteBuffer slice() throws MalformedMessage {
        int length = length();
        ByteBuffer slice = in.slice(in.position(), length);
        in.position(in.position() + length);
        return slice;
    }

    private int length() throws MalformedMessage {
        long length = varint();
        if (length < 0 || length > in.remaining()) {
            throw new MalformedMessage("a length beyond the end");
        }
        return (int) length;
    }

    private void need(int bytes) throws MalformedMessage {
        if (in.remaining() < bytes) {
            throw new MalformedMessage("cut off");
        }
    }
}
