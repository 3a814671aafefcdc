package io.sekimori.trust;

import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Who a bundle's own manifest says it is.
 *
 * @param symbolicName {@code Bundle-SymbolicName} without directives
 * @param version      {@code Bundle-Version} as OSGi prints it: {@code 1.2} is {@code 1.2.0}
 */
public record BundleIdentity(String symbolicName, String version) {

    /**
     * Reads it from a jar.
     *
     * @throws TrustException {@link PublishCode#NOT_A_BUNDLE} if the jar is none of OSGi
     */
    public static BundleIdentity read(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile(), false)) {
            Manifest manifest = manifest(file);
            Attributes main = manifest == null ? new Attributes() : manifest.getMainAttributes();
            String name = main.getValue("Bundle-SymbolicName");
            if (name == null) {
                throw new TrustException(PublishCode.NOT_A_BUNDLE, jar.getFileName() + " has no Bundle-SymbolicName");
            }
            BundleIdentity identity =
                    new BundleIdentity(name.split(";", 2)[0].trim(), full(main.getValue("Bundle-Version")));
            Names.requireSymbolicName(identity.symbolicName);
            Names.requireVersion(identity.version);
            return identity;
        } catch (ZipException | EOFException | IllegalArgumentException e) {
            throw new TrustException(PublishCode.NOT_A_BUNDLE, jar.getFileName() + ": " + e.getMessage(), e);
        }
    }

    private static @Nullable Manifest manifest(JarFile file) throws TrustException {
        try {
            return file.getManifest();
        } catch (IOException e) {
            throw new TrustException(PublishCode.NOT_A_BUNDLE, "its manifest cannot be read: " + e.getMessage(), e);
        }
    }

    // OSGi Core 3.2.5: missing parts are zero.
    private static String full(String version) {
        String parts = version == null || version.isBlank() ? "0" : version.trim();
        long dots = parts.chars().filter(c -> c == '.').count();
        return dots == 0 ? parts + ".0.0" : dots == 1 ? parts + ".0" : parts;
    }
}
