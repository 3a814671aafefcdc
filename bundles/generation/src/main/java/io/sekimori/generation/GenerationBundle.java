package io.sekimori.generation;

import io.sekimori.trust.Swap;

/**
 * One bundle of a generation.
 *
 * @param symbolicName the bundle's symbolic name
 * @param version the bundle's version, as its manifest says
 * @param sha256 digest of its bytes, 64 lower-case hex digits; its name in the store
 * @param length in bytes, greater than zero
 * @param counter release counter, 0 or greater
 * @param startLevel 1 or greater
 * @param swap how it is replaced in a running gateway
 */
public record GenerationBundle(
        String symbolicName, String version, String sha256, long length, long counter, int startLevel, Swap swap) {

    /** @throws IllegalArgumentException if a part is out of its range */
    public GenerationBundle {
        if (symbolicName.isEmpty() || version.isEmpty()) {
            throw new IllegalArgumentException("a bundle needs a symbolic name and a version");
        }
        Store.requireDigest(sha256);
        if (length < 1 || counter < 0 || startLevel < 1) {
            throw new IllegalArgumentException("length, counter or start level of " + symbolicName + " out of range");
        }
    }

    /** Symbolic name and version as every report names a bundle: {@code name/version}. */
    public String name() {
        return symbolicName + "/" + version;
    }
}
