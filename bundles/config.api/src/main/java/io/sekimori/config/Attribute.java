package io.sekimori.config;

import java.util.List;
import java.util.Objects;

/**
 * One attribute of a configuration.
 *
 * @param id its name in the configuration
 * @param type what its values are
 * @param most how many values it may have; 1 for a single value
 * @param required whether it must have a value, its default counting as one
 * @param defaults the values used when none is set; never a password
 * @param options the values allowed; empty if any
 * @param name for people
 * @param description for people, with unit and range; may be empty
 */
public record Attribute(
        String id,
        Type type,
        int most,
        boolean required,
        List<String> defaults,
        List<String> options,
        String name,
        String description) {

    /** What a value is. Stable names: add, never rename. */
    public enum Type {
        STRING,
        LONG,
        INTEGER,
        SHORT,
        BYTE,
        CHARACTER,
        DOUBLE,
        FLOAT,
        BOOLEAN,
        PASSWORD
    }

    /** @throws NullPointerException if a part is null */
    public Attribute {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(type, "type");
        defaults = List.copyOf(defaults);
        options = List.copyOf(options);
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(description, "description");
    }
}
