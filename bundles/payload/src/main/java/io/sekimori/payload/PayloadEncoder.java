package io.sekimori.payload;

import java.time.Instant;

/** Writes payloads as protobuf, always the same bytes for the same content. Stateless. */
final class PayloadEncoder {

    private PayloadEncoder() {}

    static byte[] encode(KuraPayload payload) {
        WireWriter out = new WireWriter();
        payload.timestamp().ifPresent(at -> out.varint(PayloadField.TIMESTAMP, at.toEpochMilli()));
        payload.position().ifPresent(position -> out.bytes(PayloadField.POSITION, encode(position)));
        payload.metrics().forEach((name, value) -> out.bytes(PayloadField.METRIC, encode(name, value)));
        byte[] body = payload.body();
        if (body.length > 0) {
            out.bytes(PayloadField.BODY, body);
        }
        return out.written();
    }

    private static byte[] encode(String name, Object value) {
        ValueType type = ValueType.of(value).orElseThrow();
        WireWriter out = new WireWriter().text(1, name).varint(2, type.ordinal());
        switch (type) {
            case DOUBLE -> out.fixed64(type.field(), (Double) value);
            case FLOAT -> out.fixed32(type.field(), (Float) value);
            case INT64 -> out.varint(type.field(), (Long) value);
            case INT32 -> out.varint(type.field(), (Integer) value);
            case BOOL -> out.varint(type.field(), (Boolean) value ? 1 : 0);
            case STRING -> out.text(type.field(), (String) value);
            case BYTES -> out.bytes(type.field(), (byte[]) value);
        }
        return out.written();
    }

    private static byte[] encode(Position position) {
        WireWriter out = new WireWriter().fixed64(1, position.latitude()).fixed64(2, position.longitude());
        position.altitude().ifPresent(value -> out.fixed64(3, value));
        position.precision().ifPresent(value -> out.fixed64(4, value));
        position.heading().ifPresent(value -> out.fixed64(5, value));
        position.speed().ifPresent(value -> out.fixed64(6, value));
        position.timestamp().map(Instant::toEpochMilli).ifPresent(value -> out.varint(7, value));
        position.satellites().ifPresent(value -> out.varint(8, value));
        position.status().ifPresent(value -> out.varint(9, value));
        return out.written();
    }
}
