package io.sekimori.config.admin;

import java.util.function.Function;
import java.util.function.IntFunction;

/** The types that ConfigurationAdmin knows, with their one text form. Stable names: they stand in the history. */
enum ValueType {
    STRING(String.class, text -> text, String[]::new),
    LONG(Long.class, Long::valueOf, Long[]::new),
    INTEGER(Integer.class, Integer::valueOf, Integer[]::new),
    SHORT(Short.class, Short::valueOf, Short[]::new),
    BYTE(Byte.class, Byte::valueOf, Byte[]::new),
    CHARACTER(Character.class, ValueType::character, Character[]::new),
    DOUBLE(Double.class, Double::valueOf, Double[]::new),
    FLOAT(Float.class, Float::valueOf, Float[]::new),
    BOOLEAN(Boolean.class, ValueType::truth, Boolean[]::new);

    private final Class<?> type;
    private final Function<String, Object> parser;
    private final IntFunction<Object[]> array;

    ValueType(Class<?> type, Function<String, Object> parser, IntFunction<Object[]> array) {
        this.type = type;
        this.parser = parser;
        this.array = array;
    }

    /** @throws IllegalArgumentException if {@code value} is of none of the types */
    static ValueType of(Object value) {
        return of(value.getClass());
    }

    /** @throws IllegalArgumentException if it is none of the types */
    static ValueType of(Class<?> type) {
        for (ValueType each : values()) {
            if (each.type == type) {
                return each;
            }
        }
        throw new IllegalArgumentException("no type of a configuration");
    }

    /** @throws IllegalArgumentException if {@code text} is not of this type; its message may quote the text */
    Object parse(String text) {
        return parser.apply(text);
    }

    Object[] array(int length) {
        return array.apply(length);
    }

    private static Object character(String text) {
        if (text.length() != 1) {
            throw new IllegalArgumentException("not one character");
        }
        return text.charAt(0);
    }

    private static Object truth(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException("neither true nor false");
        }
        return Boolean.valueOf(text);
    }
}
