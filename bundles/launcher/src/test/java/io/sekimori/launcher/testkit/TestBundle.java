package io.sekimori.launcher.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** A small bundle, made of a manifest and compiled classes of the tests. Always the same bytes for the same parts. */
public final class TestBundle {

    private final String symbolicName;
    private final String version;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private final Map<String, byte[]> entries = new TreeMap<>();

    private TestBundle(String symbolicName, String version) {
        this.symbolicName = symbolicName;
        this.version = version;
    }

    /** A bundle with nothing in it. */
    public static TestBundle of(String symbolicName, String version) {
        return new TestBundle(symbolicName, version);
    }

    /** With a header. */
    public TestBundle header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /** With an entry. */
    public TestBundle entry(String name, byte[] bytes) {
        entries.put(name, bytes);
        return this;
    }

    /** With these classes of the tests. */
    public TestBundle classes(Class<?>... classes) {
        for (Class<?> type : classes) {
            String name = type.getName().replace('.', '/') + ".class";
            entries.put(name, bytes(type, name));
        }
        return this;
    }

    /** With an activator, which may use the framework and the launcher's api. */
    public TestBundle activator(Class<?> activator) {
        header("Bundle-Activator", activator.getName());
        header("Import-Package", "org.osgi.framework,org.osgi.framework.wiring,io.sekimori.launcher");
        return classes(activator);
    }

    /** The symbolic name. */
    public String symbolicName() {
        return symbolicName;
    }

    /** The version. */
    public String version() {
        return version;
    }

    /** Writes the jar into the folder. */
    public Path write(Path folder) {
        return write(folder, symbolicName + "-" + version + ".jar");
    }

    /** Writes the jar into the folder under this name. */
    public Path write(Path folder, String name) {
        Path jar = folder.resolve(name);
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.putValue("Bundle-ManifestVersion", "2");
        main.putValue("Bundle-SymbolicName", symbolicName);
        main.putValue("Bundle-Version", version);
        headers.forEach(main::putValue);
        try {
            Files.createDirectories(folder);
            try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
                JarEntry first = new JarEntry("META-INF/MANIFEST.MF");
                first.setTime(0);
                out.putNextEntry(first);
                manifest.write(out);
                for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                    JarEntry next = new JarEntry(entry.getKey());
                    next.setTime(0);
                    out.putNextEntry(next);
                    out.write(entry.getValue());
                }
            }
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(Class<?> type, String name) {
        try (InputStream in = type.getClassLoader().getResourceAsStream(name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
