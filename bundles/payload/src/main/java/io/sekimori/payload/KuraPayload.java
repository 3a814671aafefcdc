package io.sekimori.payload;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The content of one message: protobuf message {@code kuradatatypes.KuraPayload}.
 *
 * <p>Immutable; byte arrays are copied on the way in, but those in {@link #metrics} are not on the way out.
 *
 * @param timestamp when it was made, to the millisecond
 * @param position where
 * @param metrics named values, kept sorted by name: Double, Float, Long, Integer, Boolean, String or byte[]
 * @param body empty if there is none; the wire does not tell an empty body from none
 */
public record KuraPayload(
        Optional<Instant> timestamp, Optional<Position> position, Map<String, Object> metrics, byte[] body) {

    /** The most metrics in one payload. */
    public static final int MAX_METRICS = 1_000;

    /** The most characters in the name of a metric. */
    public static final int MAX_NAME = 256;

    /** @throws IllegalArgumentException if there are too many metrics, or one has a bad name or a type unknown to the wire */
    public KuraPayload {
        Map<String, Object> copy = new TreeMap<>();
        metrics.forEach((name, value) -> copy.put(name, checked(name, value)));
        if (copy.size() > MAX_METRICS) {
            throw new IllegalArgumentException("more than " + MAX_METRICS + " metrics");
        }
        metrics = Collections.unmodifiableMap(copy);
        body = body.clone();
    }

    /** A payload without a position. */
    public static KuraPayload of(Instant timestamp, Map<String, Object> metrics, byte[] body) {
        return new KuraPayload(Optional.of(timestamp), Optional.empty(), metrics, body);
    }

    /** A copy of the body. */
    @Override
    public byte[] body() {
        return body.clone();
    }

    /** The value of a metric, if it is there and of that type. */
    public <T> Optional<T> metric(String name, Class<T> type) {
        Object value = metrics.get(name);
        return type.isInstance(value) ? Optional.of(type.cast(value)) : Optional.empty();
    }

    /** The names of the metrics and the size of the body; never a value. */
    @Override
    public String toString() {
        return "payload with " + metrics.keySet() + " and " + body.length + " bytes";
    }

    private static Object checked(String name, Object value) {
        if (name.isEmpty() || name.length() > MAX_NAME) {
            throw new IllegalArgumentException("the name of a metric has 1 to " + MAX_NAME + " characters");
        }
        if (ValueType.of(value).isEmpty()) {
            throw new IllegalArgumentException("the wire has no type for the metric " + name);
        }
        return value instanceof byte[] bytes ? bytes.clone() : value;
    }
}
