package io.sekimori.trust;

import static io.sekimori.trust.Names.require;

/**
 * One release in an assignment, as the director names it. The release repository must say the same of the path.
 *
 * @param path         as in {@link Release}
 * @param symbolicName as in {@link Release}
 * @param version      as in {@link Release}
 * @param counter      as in {@link Release}
 * @param startLevel   OSGi start level, 1 to {@value #MAX_START_LEVEL}; means nothing but for bundles
 * @param kind         as in {@link Release}
 * @param length       as in {@link Release}
 * @param sha256       as in {@link Release}
 */
public record Assigned(
        String path,
        String symbolicName,
        String version,
        long counter,
        int startLevel,
        Kind kind,
        long length,
        String sha256) {

    /** The highest start level. */
    public static final int MAX_START_LEVEL = 100;

    /** @throws IllegalArgumentException if a part is malformed or the path is not the one of kind, name and version */
    public Assigned {
        Names.requireSymbolicName(symbolicName);
        Names.requireVersion(version);
        require(
                path.equals(Release.pathOf(kind, symbolicName, version)),
                "path is not that of kind, symbolicName and version");
        require(counter >= 1, "counter must be at least 1");
        require(startLevel >= 1 && startLevel <= MAX_START_LEVEL, "startLevel must be 1 to " + MAX_START_LEVEL);
        require(length >= 1 && length <= Release.MAX_LENGTH, "length must be 1 to " + Release.MAX_LENGTH);
        Names.requireSha256(sha256);
    }

    /** That release at that start level. */
    public static Assigned of(Release release, int startLevel) {
        return new Assigned(
                release.path(),
                release.symbolicName(),
                release.version(),
                release.counter(),
                startLevel,
                release.kind(),
                release.length(),
                release.sha256());
    }
}
