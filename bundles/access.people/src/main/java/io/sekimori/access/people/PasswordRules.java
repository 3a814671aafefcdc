package io.sekimori.access.people;

import io.sekimori.access.AccessCode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which passwords may be chosen: long ones that nobody would try first (NIST SP 800-63B, 5.1.1.2). Nothing is asked about
 * kinds of characters. Immutable, thread-safe.
 */
final class PasswordRules {

    static final int LEAST_CHARACTERS = 12;
    static final int MOST_CHARACTERS = 256;

    private static final int FEWEST_DIFFERENT = 5;

    private final List<String> common;

    PasswordRules() {
        try (InputStream in = PasswordRules.class.getResourceAsStream("common-passwords.txt");
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            common = lines.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The rule that {@code password} breaks, if there is one. */
    Optional<AccessCode> broken(String name, char[] password) {
        if (password.length < LEAST_CHARACTERS) {
            return Optional.of(AccessCode.PASSWORD_TOO_SHORT);
        }
        if (password.length > MOST_CHARACTERS) {
            return Optional.of(AccessCode.PASSWORD_TOO_LONG);
        }
        // Lower-cased once, as a text that nothing else holds on to.
        String text = new String(password).toLowerCase(Locale.ROOT);
        if (text.contains(name)) {
            return Optional.of(AccessCode.PASSWORD_HOLDS_NAME);
        }
        if (text.chars().distinct().count() < FEWEST_DIFFERENT
                || common.stream().anyMatch(text::startsWith)) {
            return Optional.of(AccessCode.PASSWORD_COMMON);
        }
        return Optional.empty();
    }
}
