package io.sekimori.rollouts;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a rollout does with one bundle.
 *
 * @param symbolicName 1 to 200 of {@code A-Z a-z 0-9 . _ -}
 * @param version the released version it gets, {@code major.minor.micro[.qualifier]}; empty to remove the bundle
 */
public record BundleChange(String symbolicName, Optional<String> version) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");
    private static final Pattern VERSION = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,9}){2}(\\.[A-Za-z0-9_-]{1,64})?");

    /** @throws IllegalArgumentException if a part is malformed */
    public BundleChange {
        Bounds.require(
                symbolicName.length() <= 200 && NAME.matcher(symbolicName).matches(), "symbolicName is malformed");
        Bounds.require(version.isEmpty() || VERSION.matcher(version.get()).matches(), "version is malformed");
    }
}
