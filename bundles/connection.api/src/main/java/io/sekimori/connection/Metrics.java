package io.sekimori.connection;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** The rule for named values on the wire. Stateless. */
final class Metrics {

    private Metrics() {}

    /** A sorted copy that nobody changes. */
    static Map<String, Object> copy(Map<String, Object> metrics) {
        Map<String, Object> copy = new TreeMap<>();
        metrics.forEach((name, value) -> copy.put(name, copy(name, value)));
        return Collections.unmodifiableMap(copy);
    }

    private static Object copy(String name, Object value) {
        if (value instanceof byte[] bytes) {
            return bytes.clone();
        }
        if (value instanceof Double
                || value instanceof Float
                || value instanceof Long
                || value instanceof Integer
                || value instanceof Boolean
                || value instanceof String) {
            return value;
        }
        throw new IllegalArgumentException("the wire has no type for the metric " + name);
    }
}
