package io.sekimori.fleet;

import java.util.regex.Pattern;

/**
 * One bundle that a gateway proved to run.
 *
 * @param symbolicName 1 to 200 of {@code A-Z a-z 0-9 . _ -}
 * @param version {@code major.minor.micro[.qualifier]}
 * @param sha256 of the jar, 64 lower-case hex digits; empty if the gateway could not read it
 */
public record RunningBundle(String symbolicName, String version, String sha256) {

    private static final int MOST_NAME_CHARS = 200;
    private static final Pattern VERSION = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,9}){2}(\\.[A-Za-z0-9_-]{1,64})?");

    /** @throws IllegalArgumentException if a part is malformed */
    public RunningBundle {
        Bounds.name("symbolicName", symbolicName, MOST_NAME_CHARS);
        Bounds.matches("version", version, VERSION);
        if (!sha256.isEmpty()) {
            Bounds.sha256("sha256", sha256);
        }
    }
}
