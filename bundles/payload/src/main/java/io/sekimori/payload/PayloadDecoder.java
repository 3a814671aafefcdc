package io.sekimori.payload;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Reads payloads from outside. Unknown fields and metrics of unknown types are passed over. Stateless. */
final class PayloadDecoder {

    private PayloadDecoder() {}

    static KuraPayload decode(byte[] bytes) throws MalformedMessage {
        WireReader in = new WireReader(bytes);
        Optional<Instant> timestamp = Optional.empty();
        Optional<Position> position = Optional.empty();
        Map<String, Object> metrics = new HashMap<>();
        byte[] body = {};
        int seen = 0;
        while (in.next()) {
            if (in.at(PayloadField.TIMESTAMP, WireType.VARINT)) {
                timestamp = Optional.of(Instant.ofEpochMilli(in.varint()));
            } else if (in.at(PayloadField.POSITION, WireType.LENGTH)) {
                position = Optional.of(position(in.message()));
            } else if (in.at(PayloadField.METRIC, WireType.LENGTH)) {
                if (++seen > KuraPayload.MAX_METRICS) {
                    throw new MalformedMessage("more than " + KuraPayload.MAX_METRICS + " metrics");
                }
                metric(in.message(), metrics);
            } else if (in.at(PayloadField.BODY, WireType.LENGTH)) {
                body = in.bytes();
            } else {
                in.skip();
            }
        }
        return new KuraPayload(timestamp, position, metrics, body);
    }

    // Of two metrics with one name the last counts, as in Kura.
    private static void metric(WireReader in, Map<String, Object> metrics) throws MalformedMessage {
        String name = null;
        Long type = null;
        Map<ValueType, Object> values = new HashMap<>();
        while (in.next()) {
            if (in.at(1, WireType.LENGTH)) {
                name = in.text();
            } else if (in.at(2, WireType.VARINT)) {
                type = in.varint();
            } else {
                value(in, values);
            }
        }
        if (name == null || name.isEmpty() || name.length() > KuraPayload.MAX_NAME || type == null) {
            throw new MalformedMessage("a metric without a type, or without a name of 1 to " + KuraPayload.MAX_NAME);
        }
        Optional<ValueType> known = ValueType.numbered(type.intValue());
        if (known.isPresent()) {
            Object value = values.get(known.get());
            metrics.put(name, value == null ? known.get().absent() : value);
        }
    }

    private static void value(WireReader in, Map<ValueType, Object> values) throws MalformedMessage {
        if (in.at(ValueType.DOUBLE.field(), WireType.FIXED64)) {
            values.put(ValueType.DOUBLE, in.fixed64());
        } else if (in.at(ValueType.FLOAT.field(), WireType.FIXED32)) {
            values.put(ValueType.FLOAT, in.fixed32());
        } else if (in.at(ValueType.INT64.field(), WireType.VARINT)) {
            values.put(ValueType.INT64, in.varint());
        } else if (in.at(ValueType.INT32.field(), WireType.VARINT)) {
            values.put(ValueType.INT32, (int) in.varint());
        } else if (in.at(ValueType.BOOL.field(), WireType.VARINT)) {
            values.put(ValueType.BOOL, in.varint() != 0);
        } else if (in.at(ValueType.STRING.field(), WireType.LENGTH)) {
            values.put(ValueType.STRING, in.text());
        } else if (in.at(ValueType.BYTES.field(), WireType.LENGTH)) {
            values.put(ValueType.BYTES, in.bytes());
        } else {
            in.skip();
        }
    }

    private static Position position(WireReader in) throws MalformedMessage {
        @Nullable Double[] degrees = new @Nullable Double[7];
        Optional<Instant> timestamp = Optional.empty();
        OptionalInt satellites = OptionalInt.empty();
        OptionalInt status = OptionalInt.empty();
        while (in.next()) {
            int measure = measure(in);
            if (measure > 0) {
                degrees[measure] = in.fixed64();
            } else if (in.at(7, WireType.VARINT)) {
                timestamp = Optional.of(Instant.ofEpochMilli(in.varint()));
            } else if (in.at(8, WireType.VARINT)) {
                satellites = OptionalInt.of((int) in.varint());
            } else if (in.at(9, WireType.VARINT)) {
                status = OptionalInt.of((int) in.varint());
            } else {
                in.skip();
            }
        }
        Double latitude = degrees[1];
        Double longitude = degrees[2];
        if (latitude == null || longitude == null) {
            throw new MalformedMessage("a position without latitude or longitude");
        }
        return new Position(
                latitude,
                longitude,
                optional(degrees[3]),
                optional(degrees[4]),
                optional(degrees[5]),
                optional(degrees[6]),
                timestamp,
                satellites,
                status);
    }

    /** The number of the field if it is one of the six doubles, else 0. */
    private static int measure(WireReader in) {
        for (int field = 1; field <= 6; field++) {
            if (in.at(field, WireType.FIXED64)) {
                return field;
            }
        }
        return 0;
    }

    private static OptionalDouble optional(@Nullable Double value) {
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }
}
