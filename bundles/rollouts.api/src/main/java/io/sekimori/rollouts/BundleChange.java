package io.sekimori.rollouts;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * What a rollout does with one released jar.
 *
 * @param kind what the jar is for
 * @param symbolicName 1 to 200 of {@code A-Z a-z 0-9 . _ -}
 * @param version the released version it gets, {@code major.minor.micro[.qualifier]}; empty to remove it. A Java runtime takes the
 *     place of whichever came before; without one a gateway starts with the installed one.
 * @param startLevel 1 to {@value #MAX_START_LEVEL}, of a bundle that gets a version; empty for the one it has, or 10 for what is new
 */
public record BundleChange(Kind kind, String symbolicName, Optional<String> version, OptionalInt startLevel) {

    /** The highest start level. */
    public static final int MAX_START_LEVEL = 100;

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");
    private static final Pattern VERSION = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,9}){2}(\\.[A-Za-z0-9_-]{1,64})?");

    /** What a jar is for. Stable names: add, never rename. */
    public enum Kind {
        BUNDLE,
        /** Launcher, framework or what else lies on the class path a gateway starts with. */
        SLOT,
        /** The Java runtime it starts with. */
        JAVA
    }

    /** Of a bundle. */
    public BundleChange(String symbolicName, Optional<String> version) {
        this(Kind.BUNDLE, symbolicName, version);
    }

    /** That leaves the start level as it is. */
    public BundleChange(Kind kind, String symbolicName, Optional<String> version) {
        this(kind, symbolicName, version, OptionalInt.empty());
    }

    /** @throws IllegalArgumentException if a part is malformed */
    public BundleChange {
        Bounds.require(
                symbolicName.length() <= 200 && NAME.matcher(symbolicName).matches(), "symbolicName is malformed");
        Bounds.require(version.isEmpty() || VERSION.matcher(version.get()).matches(), "version is malformed");
        if (startLevel.isPresent()) {
            int level = startLevel.getAsInt();
            Bounds.require(level >= 1 && level <= MAX_START_LEVEL, "startLevel is 1 to " + MAX_START_LEVEL);
            Bounds.require(
                    kind == Kind.BUNDLE && version.isPresent(), "only a bundle that gets a version has a startLevel");
        }
    }
}
