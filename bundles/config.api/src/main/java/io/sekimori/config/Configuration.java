package io.sekimori.config;

import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * One configuration in force.
 *
 * @param facts its version, by whom and why
 * @param values the values by attribute, without passwords; a list where an attribute has several values
 * @param passwords the attributes whose value is a password and set
 */
public record Configuration(VersionFacts facts, Map<String, Object> values, Set<String> passwords) {

    /** @throws NullPointerException if a part is null */
    public Configuration {
        Objects.requireNonNull(facts, "facts");
        values = Map.copyOf(values);
        passwords = Set.copyOf(passwords);
    }
}
