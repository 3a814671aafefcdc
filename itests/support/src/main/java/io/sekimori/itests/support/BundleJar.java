package io.sekimori.itests.support;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;

/**
 * Another edition of a bundle: the same classes under a manifest that differs as asked, which is what a publisher's
 * next release of unchanged code is. Immutable; the same calls write the same bytes.
 */
public final class BundleJar {

    private static final long EPOCH_MILLIS = 1_500_000_000_000L;

    private final @Nullable Path original;
    private final Map<String, String> headers;

    private BundleJar(@Nullable Path original, Map<String, String> headers) {
        this.original = original;
        this.headers = headers;
    }

    /** The bundle in that file. */
    public static BundleJar of(Path original) {
        return new BundleJar(original, Map.of());
    }

    /** A bundle with nothing in it but its manifest. */
    public static BundleJar empty(String symbolicName, String version) {
        return new BundleJar(null, Map.of())
                .with("Bundle-ManifestVersion", "2")
                .with("Bundle-SymbolicName", symbolicName)
                .version(version);
    }

    /** The same with that version. */
    public BundleJar version(String version) {
        return with("Bundle-Version", version);
    }

    /** The same with that header, in place of the one it has. */
    public BundleJar with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new BundleJar(original, more);
    }

    /** Writes it as {@code folder/<symbolic name>-<version>.jar}, also over an existing file, and answers the path. */
    public Path into(Path folder) {
        try {
            Manifest manifest = manifest();
            Path file = folder.resolve(manifest.getMainAttributes()
                            .getValue("Bundle-SymbolicName")
                            .split(";", 2)[0]
                            .trim()
                    + "-" + manifest.getMainAttributes().getValue("Bundle-Version") + ".jar");
            Files.createDirectories(folder);
            try (OutputStream out = Files.newOutputStream(file);
                    JarOutputStream jar = new JarOutputStream(out)) {
                put(jar, JarFile.MANIFEST_NAME);
                manifest.write(jar);
                jar.closeEntry();
                copyOthers(jar);
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write an edition of " + original, e);
        }
    }

    private Manifest manifest() throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().putValue("Manifest-Version", "1.0");
        if (original != null) {
            try (JarFile jar = new JarFile(original.toFile())) {
                manifest.getMainAttributes().putAll(jar.getManifest().getMainAttributes());
            }
        }
        headers.forEach(manifest.getMainAttributes()::putValue);
        return manifest;
    }

    private void copyOthers(JarOutputStream out) throws IOException {
        if (original == null) {
            return;
        }
        try (JarFile jar = new JarFile(original.toFile())) {
            List<ZipEntry> entries = new ArrayList<>(Collections.list(jar.entries()));
            for (ZipEntry entry : entries) {
                if (!entry.isDirectory() && !entry.getName().equals(JarFile.MANIFEST_NAME)) {
                    put(out, entry.getName());
                    try (InputStream in = jar.getInputStream(entry)) {
                        in.transferTo(out);
                    }
                    out.closeEntry();
                }
            }
        }
    }

    private static void put(JarOutputStream jar, String name) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTime(EPOCH_MILLIS);
        jar.putNextEntry(entry);
    }
}
