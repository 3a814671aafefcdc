package io.sekimori.config.admin;

import io.sekimori.config.VersionFacts;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One version of a configuration with its values. Immutable.
 *
 * @param facts who, when, why
 * @param values by attribute, empty if the configuration was removed
 */
record Version(VersionFacts facts, SortedMap<String, StoredValue> values) {

    Version {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
        if (facts.removed() && !values.isEmpty()) {
            throw new IllegalArgumentException("a removed configuration has no values");
        }
    }

    /** Whether both put the same into force. */
    boolean sameAs(Version other) {
        return facts.removed() == other.facts.removed() && same(values, other.values);
    }

    static boolean same(Map<String, StoredValue> one, Map<String, StoredValue> other) {
        return one.keySet().equals(other.keySet())
                && one.entrySet().stream().allMatch(entry -> entry.getValue().sameAs(other.get(entry.getKey())));
    }
}
