package io.sekimori.benchmarks.maker;

import io.sekimori.trust.Kind;
import io.sekimori.trust.Swap;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import org.osgi.framework.Constants;
import org.osgi.framework.Version;

/**
 * A jar with its place in a generation.
 *
 * @param startLevel means nothing for a jar of the slot
 * @param counter its release counter
 */
public record Part(Path jar, String symbolicName, String version, Kind kind, int startLevel, Swap swap, long counter) {

    /** A bundle, named as its manifest says. */
    public static Part bundle(Path jar, int startLevel, Swap swap, long counter) throws IOException {
        return of(jar, Kind.BUNDLE, startLevel, swap, counter);
    }

    /** A jar of the launcher's class path. */
    public static Part slot(Path jar) throws IOException {
        return of(jar, Kind.SLOT, 1, Swap.RESTART, 1);
    }

    /** Of each a jar of the launcher's class path. */
    public static List<Part> slot(List<Path> jars) throws IOException {
        List<Part> parts = new ArrayList<>();
        for (Path jar : jars) {
            parts.add(slot(jar));
        }
        return parts;
    }

    private static Part of(Path jar, Kind kind, int startLevel, Swap swap, long counter) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            Manifest manifest = file.getManifest();
            String name = manifest.getMainAttributes().getValue(Constants.BUNDLE_SYMBOLICNAME);
            String version = manifest.getMainAttributes().getValue(Constants.BUNDLE_VERSION);
            if (name == null) {
                throw new IOException(jar + " is no bundle");
            }
            return new Part(
                    jar,
                    name.split(";", 2)[0].trim(),
                    Version.parseVersion(version).toString(),
                    kind,
                    startLevel,
                    swap,
                    counter);
        }
    }
}
