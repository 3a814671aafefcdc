package io.sekimori.generation;

import io.sekimori.trust.JsonObject;
import io.sekimori.trust.MalformedJson;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Configurations of a generation as immutable values: PID to String, Long, Boolean or List of String. */
final class Configurations {

    private Configurations() {}

    static Map<String, Map<String, Object>> read(JsonObject json) throws MalformedJson {
        SortedMap<String, Map<String, Object>> configurations = new TreeMap<>();
        for (String pid : json.names()) {
            configurations.put(pid, json.object(pid).asMap());
        }
        return Format.checked(() -> copy(configurations));
    }

    static Map<String, Map<String, Object>> copy(Map<String, Map<String, Object>> configurations) {
        SortedMap<String, Map<String, Object>> copy = new TreeMap<>();
        configurations.forEach((pid, values) -> copy.put(pid, values(pid, values)));
        return Collections.unmodifiableSortedMap(copy);
    }

    private static Map<String, Object> values(String pid, Map<String, Object> values) {
        SortedMap<String, Object> copy = new TreeMap<>();
        values.forEach((name, value) -> copy.put(name, value(pid, value)));
        return Collections.unmodifiableSortedMap(copy);
    }

    private static Object value(String pid, Object value) {
        if (value instanceof List<?> list && list.stream().allMatch(String.class::isInstance)) {
            return List.copyOf(list);
        }
        if (value instanceof String || value instanceof Long || value instanceof Boolean) {
            return value;
        }
        throw new IllegalArgumentException("a value of configuration " + pid + " has a type that is not allowed");
    }
}
