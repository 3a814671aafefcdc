package io.sekimori.benchmarks.maker;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.osgi.framework.Constants;

/**
 * A bundle made from another one, or from nothing: another name, another version, other words in its files.
 * Immutable.
 */
public final class Edition {

    private final Manifest manifest;
    private final Map<String, byte[]> files;

    private Edition(Manifest manifest, Map<String, byte[]> files) {
        this.manifest = manifest;
        this.files = files;
    }

    /** The bundle in that file. */
    public static Edition of(Path original) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (JarFile jar = new JarFile(original.toFile())) {
            for (ZipEntry entry : Collections.list(jar.entries())) {
                if (!entry.isDirectory() && !entry.getName().equals(JarFile.MANIFEST_NAME)) {
                    files.put(entry.getName(), jar.getInputStream(entry).readAllBytes());
                }
            }
            return new Edition(jar.getManifest(), files);
        }
    }

    /** A bundle with nothing but these bytes in it. */
    public static Edition ballast(String symbolicName, byte[] bytes) {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue(Constants.BUNDLE_MANIFESTVERSION, "2");
        return new Edition(manifest, Map.of("ballast", bytes)).named(symbolicName, "1.0.0");
    }

    /** The same under another name and version. */
    public Edition named(String symbolicName, String version) {
        Manifest other = new Manifest(manifest);
        other.getMainAttributes().putValue(Constants.BUNDLE_SYMBOLICNAME, symbolicName);
        other.getMainAttributes().putValue(Constants.BUNDLE_VERSION, version);
        return new Edition(other, files);
    }

    /** The same with other words in that file. */
    public Edition replacing(String file, String words, String by) {
        Map<String, byte[]> changed = new TreeMap<>(files);
        changed.computeIfPresent(
                file,
                (name, bytes) -> new String(bytes, StandardCharsets.UTF_8)
                        .replace(words, by)
                        .getBytes(StandardCharsets.UTF_8));
        return new Edition(manifest, changed);
    }

    /** Writes it and answers the file. */
    public Path into(Path folder) throws IOException {
        Attributes names = manifest.getMainAttributes();
        Path file = folder.resolve(names.getValue(Constants.BUNDLE_SYMBOLICNAME) + "-"
                + names.getValue(Constants.BUNDLE_VERSION) + ".jar");
        try (OutputStream out = Files.newOutputStream(file);
                JarOutputStream jar = new JarOutputStream(out, manifest)) {
            for (Map.Entry<String, byte[]> entry : files.entrySet()) {
                jar.putNextEntry(new ZipEntry(entry.getKey()));
                jar.write(entry.getValue());
                jar.closeEntry();
            }
        }
        return file;
    }
}
