package io.sekimori.trust;

import java.util.regex.Pattern;

/** What the names in releases and assignments may look like; none of them can leave a directory. */
final class Names {

    private static final int MAX_SYMBOLIC_NAME_CHARS = 200;

    private static final Pattern SYMBOLIC_NAME = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");
    // No leading zeros: 1.02.0 and 1.2.0 are one version to OSGi and must not be two paths.
    private static final Pattern VERSION =
            Pattern.compile("(0|[1-9][0-9]{0,8})(\\.(0|[1-9][0-9]{0,8})){2}(\\.[A-Za-z0-9_-]{1,64})?");
    private static final Pattern MODEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._ -]{0,63}");
    private static final Pattern PID = Pattern.compile("[A-Za-z0-9_-]+([.~][A-Za-z0-9_-]+)*");

    private Names() {}

    static void requireSymbolicName(String name) {
        require(
                name.length() <= MAX_SYMBOLIC_NAME_CHARS
                        && SYMBOLIC_NAME.matcher(name).matches(),
                "symbolicName must be 1 to 200 of A-Z a-z 0-9 _ - and single dots");
    }

    static void requireVersion(String version) {
        require(VERSION.matcher(version).matches(), "version must be major.minor.micro[.qualifier], no leading zeros");
    }

    static void requireModel(String model) {
        require(MODEL.matcher(model).matches(), "model must be 1 to 64 of A-Z a-z 0-9 . _ - and space");
    }

    static void requirePid(String pid) {
        require(
                pid.length() <= MAX_SYMBOLIC_NAME_CHARS && PID.matcher(pid).matches(),
                "a configuration's pid must be 1 to 200 of A-Z a-z 0-9 _ - and single dots, ~ before a factory name");
    }

    static void requireSha256(String hex) {
        require(Sha256.isHex(hex), "sha256 must be 64 lower-case hex digits");
    }

    static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException(message);
        }
    }
}
