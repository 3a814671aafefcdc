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
 * @param range between what a number has to lie, and what it counts
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
        Range range,
        String name,
        String description) {

    /**
     * The bounds of a number, as decimal text, both belonging to it.
     *
     * @param min the least value; empty if the bundle names none, or the values are no numbers
     * @param max the greatest value, likewise
     * @param unit what is counted: {@code millisecond}, {@code second}, {@code minute}, {@code hour}, {@code day}, {@code
     *     byte}, {@code kibibyte}, {@code mebibyte}, {@code byte-per-second} or {@code percent}, taken from how the id ends;
     *     empty if that names none
     */
    public record Range(String min, String max, String unit) {

        /** No bounds and no unit. */
        public static final Range NONE = new Range("", "", "");

        /** @throws NullPointerException if a part is null */
        public Range {
            Objects.requireNonNull(min, "min");
            Objects.requireNonNull(max, "max");
            Objects.requireNonNull(unit, "unit");
        }
    }

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
        Objects.requireNonNull(range, "range");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(description, "description");
    }
}
