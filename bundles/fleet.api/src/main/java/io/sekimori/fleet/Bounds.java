package io.sekimori.fleet;

import java.util.regex.Pattern;

/** The checks that the values of this package share. Stateless. */
final class Bounds {

    private Bounds() {}

    static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }

    static void matches(String name, String value, Pattern pattern) {
        if (!pattern.matcher(value).matches()) {
            throw new IllegalArgumentException(name + " must match " + pattern);
        }
    }

    // Without a pattern: there are as many of them as gateways have bundles.
    static void sha256(String name, String value) {
        require(
                value.length() == 64
                        && value.chars().allMatch(each -> each >= '0' && each <= '9' || each >= 'a' && each <= 'f'),
                name + " must be 64 lower-case hex digits");
    }

    /** Text from outside: bounded, without control characters and halves of characters. */
    static String cleaned(String text, int most) {
        String cut = text.length() > most ? text.substring(0, most - 1) + "…" : text;
        return cut.replaceAll("[\\p{Cntrl}\\p{Cs}]", "?");
    }
}
