package io.sekimori.cli;

import io.sekimori.trust.Assigned;
import io.sekimori.trust.Kind;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code --set} says is to run.
 *
 * @param kind         what the jar is for
 * @param symbolicName its name, as it was written
 * @param version      its version, as it was written
 * @param level        the start level, of a bundle; empty to leave it as it is
 */
public record WantedRelease(Kind kind, String symbolicName, String version, OptionalInt level) {

    /** How it is written, for help. */
    public static final String FORM = "[slot/|java/]NAME/VERSION[@LEVEL]";

    private static final Pattern WORDS = Pattern.compile("(slot/|java/)?+([^/@]+)/([^/@]+)(?:@([0-9]{1,3}))?");

    /**
     * Reads {@value #FORM}. With {@code slot/} before it the jar is one of the start class path, with {@code java/} the Java
     * runtime; neither has a start level.
     *
     * @throws Failure {@code SET_MALFORMED}
     */
    public static WantedRelease parse(String words) throws Failure {
        Matcher parts = WORDS.matcher(words);
        if (!parts.matches()) {
            throw malformed(words);
        }
        Kind kind = kind(String.valueOf(parts.group(1)));
        OptionalInt level =
                parts.group(4) == null ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(parts.group(4)));
        if (level.isPresent()
                && (kind != Kind.BUNDLE || level.getAsInt() < 1 || level.getAsInt() > Assigned.MAX_START_LEVEL)) {
            throw malformed(words);
        }
        return new WantedRelease(kind, parts.group(2), parts.group(3), level);
    }

    private static Kind kind(String prefix) {
        return switch (prefix) {
            case "slot/" -> Kind.SLOT;
            case "java/" -> Kind.JAVA;
            default -> Kind.BUNDLE;
        };
    }

    private static Failure malformed(String words) {
        return new Failure(ExitCode.USAGE, "SET_MALFORMED", words, Assigned.MAX_START_LEVEL);
    }
}
