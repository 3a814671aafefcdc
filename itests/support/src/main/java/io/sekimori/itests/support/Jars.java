package io.sekimori.itests.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;

/** The jars that the build put into its folders, found by what their manifests say and never by version. */
public final class Jars {

    private Jars() {}

    /** The bundles of a generation as shipped, in order of symbolic name. */
    public static List<Path> shipped() {
        return in(folder("shipped.bundles"));
    }

    /** The class path of the launcher as shipped. */
    public static List<Path> slot() {
        return in(folder("shipped.slot"));
    }

    /** The one shipped bundle of that symbolic name. */
    public static Path shipped(String symbolicName) {
        return named(shipped(), symbolicName);
    }

    /** The one jar of the launcher's class path of that symbolic name. */
    public static Path slot(String symbolicName) {
        return named(slot(), symbolicName);
    }

    /** The shipped bundle in the file of that name. */
    static Path shippedFile(String name) {
        return folder("shipped.bundles").resolve(name);
    }

    /** The one bundle made for tests of that symbolic name. */
    public static Path fixture(String symbolicName) {
        return named(in(folder("fixture.bundles")), symbolicName);
    }

    /** The releases of a bundle that was not written here, oldest first. */
    public static List<Path> guests(String symbolicName) {
        return in(folder("guest.bundles")).stream()
                .filter(jar -> symbolicName(jar).equals(symbolicName))
                .toList();
    }

    /** The symbolic name in the manifest, without directives. */
    public static String symbolicName(Path jar) {
        return header(jar, "Bundle-SymbolicName").split(";", 2)[0].trim();
    }

    /** The version in the manifest, in full: {@code 1.84} is {@code 1.84.0}. */
    public static String version(Path jar) {
        String version = header(jar, "Bundle-Version").trim();
        return version.matches("\\d+\\.\\d+") ? version + ".0" : version;
    }

    private static String header(Path jar, String name) {
        try (JarFile file = new JarFile(jar.toFile())) {
            String value = file.getManifest().getMainAttributes().getValue(name);
            return value == null ? "" : value;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + jar, e);
        }
    }

    private static Path named(List<Path> jars, String symbolicName) {
        List<Path> found = jars.stream()
                .filter(jar -> symbolicName(jar).equals(symbolicName))
                .toList();
        if (found.size() != 1) {
            throw new IllegalStateException(symbolicName + " is there " + found.size() + " times");
        }
        return found.get(0);
    }

    private static Path folder(String property) {
        String value = System.getProperty(property);
        if (value == null) {
            throw new IllegalStateException("the build sets -D" + property);
        }
        return Path.of(value).toAbsolutePath().normalize();
    }

    private static List<Path> in(Path folder) {
        List<Path> jars = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, "*.jar")) {
            entries.forEach(jars::add);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder, e);
        }
        jars.sort(null);
        return jars;
    }
}
