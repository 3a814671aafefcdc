package io.sekimori.audit;

import java.util.Objects;

/** The checks that the values of this package share. Stateless. */
final class Bounds {

    private Bounds() {}

    static void present(String name, Object value) {
        Objects.requireNonNull(value, name);
    }

    static void text(String name, String value, int least, int most) {
        present(name, value);
        if (value.length() < least || value.length() > most) {
            throw new IllegalArgumentException(name + " must have " + least + " to " + most + " characters");
        }
        if (hasLoneSurrogate(value)) {
            // It has no UTF-8 form: what is hashed would not be what was said.
            throw new IllegalArgumentException(name + " is not well-formed Unicode");
        }
    }

    static void matches(String name, String value, String pattern, int most) {
        text(name, value, 0, most);
        if (!value.matches(pattern)) {
            throw new IllegalArgumentException(name + " must match " + pattern);
        }
    }

    private static boolean hasLoneSurrogate(String value) {
        return value.codePoints()
                .anyMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
    }
}
