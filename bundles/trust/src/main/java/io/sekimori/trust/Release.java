package io.sekimori.trust;

import static io.sekimori.trust.Names.require;

import java.util.List;
import java.util.Optional;

/**
 * One version of one jar, as its publisher vouches for it in the targets metadata of the release repository.
 *
 * @param path         {@code <symbolic name>/<version>/<symbolic name>-<version>.jar}, below {@code slot/} for
 *                     {@link Kind#SLOT} and {@code java/} for {@link Kind#JAVA}: always {@link #pathOf}
 * @param symbolicName 1 to 200 of {@code A-Z a-z 0-9 _ -} and single dots
 * @param version      {@code major.minor.micro[.qualifier]}, as OSGi prints it
 * @param counter      release counter, at least 1; only grows from release to release of a symbolic name
 * @param floor        the least counter of this symbolic name accepted from now on; 0 to {@code counter}
 * @param hardFloor    the least counter of this symbolic name that a unit keeps startable once this release is confirmed
 *                     there: a fallback below it is given up at once; 0 to {@code floor}
 * @param swap         how it is replaced while the gateway works
 * @param kind         bundle, or jar of the start class path
 * @param length       bytes, at least 1
 * @param sha256       64 lower-case hex digits
 * @param models       gateway models it is made for; empty means all
 */
public record Release(
        String path,
        String symbolicName,
        String version,
        long counter,
        long floor,
        long hardFloor,
        Swap swap,
        Kind kind,
        long length,
        String sha256,
        List<String> models,
        Optional<Remedy> remedy) {

    /** The longest jar: 512 MiB. */
    public static final long MAX_LENGTH = 512L << 20;

    private static final int MAX_MODELS = 1_000;

    /** One whose publisher does not say which risk it removes. */
    public Release(
            String path,
            String symbolicName,
            String version,
            long counter,
            long floor,
            long hardFloor,
            Swap swap,
            Kind kind,
            long length,
            String sha256,
            List<String> models) {
        this(
                path,
                symbolicName,
                version,
                counter,
                floor,
                hardFloor,
                swap,
                kind,
                length,
                sha256,
                models,
                Optional.empty());
    }

    /** @throws IllegalArgumentException if a part is malformed or the path is not the one of kind, name and version */
    public Release {
        Names.requireSymbolicName(symbolicName);
        Names.requireVersion(version);
        require(path.equals(pathOf(kind, symbolicName, version)), "path is not that of kind, symbolicName and version");
        require(counter >= 1, "counter must be at least 1");
        require(floor >= 0 && floor <= counter, "floor must be 0 to counter");
        require(hardFloor >= 0 && hardFloor <= floor, "hardFloor must be 0 to floor");
        require(length >= 1 && length <= MAX_LENGTH, "length must be 1 to " + MAX_LENGTH);
        Names.requireSha256(sha256);
        require(models.size() <= MAX_MODELS, "more than " + MAX_MODELS + " models");
        models.forEach(Names::requireModel);
        models = List.copyOf(models);
    }

    /** The only path that a release of that kind, name and version can have. */
    public static String pathOf(Kind kind, String symbolicName, String version) {
        String path = symbolicName + "/" + version + "/" + symbolicName + "-" + version + ".jar";
        return kind == Kind.BUNDLE ? path : kind.word() + "/" + path;
    }

    /** Whether it is made for gateways of {@code model}. */
    public boolean suits(String model) {
        return models.isEmpty() || models.contains(model);
    }
}
