package io.sekimori.fleet;

import java.util.regex.Pattern;

/** The checks that the values of this package share. Stateless. */
final class Bounds {

    private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

    private Bounds() {}

    static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    static void matches(String name, String value, Pattern pattern) {
        require(pattern.matcher(value).matches(), name + " must match " + pattern);
    }

    static void sha256(String name, String value) {
        matches(name, value, SHA256);
    }

    /** Text from outside: bounded, without control characters and halves of characters. */
    static String cleaned(String text, int most) {
        String cut = text.length() > most ? text.substring(0, most - 1) + "…" : text;
        return cut.replaceAll("[\\p{Cntrl}\\p{Cs}]", "?");
    }
}
