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

    // Loops, neither patterns nor streams, and a message only where it is wanted: there are as many of these values as
    // gateways have bundles.

    static void name(String name, String value, int most) {
        boolean good = !value.isEmpty() && value.length() <= most;
        for (int i = 0; good && i < value.length(); i++) {
            char each = value.charAt(i);
            good = each >= 'a' && each <= 'z'
                    || each >= 'A' && each <= 'Z'
                    || each >= '0' && each <= '9'
                    || each == '.'
                    || each == '_'
                    || each == '-';
        }
        if (!good) {
            throw new IllegalArgumentException(name + " must be 1 to " + most + " of A-Z a-z 0-9 . _ -");
        }
    }

    static void sha256(String name, String value) {
        boolean hex = value.length() == 64;
        for (int i = 0; hex && i < value.length(); i++) {
            char each = value.charAt(i);
            hex = each >= '0' && each <= '9' || each >= 'a' && each <= 'f';
        }
        if (!hex) {
            throw new IllegalArgumentException(name + " must be 64 lower-case hex digits");
        }
    }

    /** Text from outside: bounded, without control characters and halves of characters. */
    static String cleaned(String text, int most) {
        String cut = text.length() > most ? text.substring(0, most - 1) + "…" : text;
        return cut.replaceAll("[\\p{Cntrl}\\p{Cs}]", "?");
    }
}
