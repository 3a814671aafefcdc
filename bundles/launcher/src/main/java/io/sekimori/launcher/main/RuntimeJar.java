package io.sekimori.launcher.main;

import io.sekimori.trust.TrustException;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipException;

/**
 * The jar of a {@link JavaImage} while it is read. What cannot be read of it was signed like that, so all of that is {@link
 * LauncherCode#SLOT_JAVA_MALFORMED}. Confined to one thread.
 */
record RuntimeJar(JarFile jar) implements AutoCloseable {

    private static final int MOST_MANIFEST_BYTES = 1 << 20;
    private static final String CLASS_ARCHIVE = "lib/server/classes.jsa";

    static RuntimeJar open(Path jar) throws IOException {
        try {
            return new RuntimeJar(new JarFile(jar.toFile(), false));
        } catch (ZipException | EOFException e) { // so says the platform of one that is damaged
            throw malformed(e);
        }
    }

    /** What comes out of it. An archive of classes fits the files of another place; root makes one here. */
    List<JarEntry> files() {
        return Collections.list(jar.entries()).stream()
                .filter(entry -> !entry.isDirectory()
                        && !entry.getName().startsWith("META-INF/")
                        && !entry.getName().equals(CLASS_ARCHIVE))
                .toList();
    }

    /** How many bytes the jar says that they are; whether that is true is seen when they are written. */
    static long bytes(List<JarEntry> entries, long most) throws TrustException {
        long bytes = 0;
        for (JarEntry entry : entries) {
            long size = entry.getSize();
            JavaImage.require(size >= 0 && size <= most - bytes, "too many bytes");
            bytes += size;
        }
        return bytes;
    }

    /** The names of the programs. The manifest is read here, since the platform would take one of any length into memory. */
    Set<String> programs() throws TrustException {
        JarEntry entry = jar.getJarEntry(JarFile.MANIFEST_NAME);
        JavaImage.require(entry != null, "it has no manifest");
        try (InputStream in = open(entry)) {
            byte[] bytes = in.readNBytes(MOST_MANIFEST_BYTES + 1);
            JavaImage.require(bytes.length <= MOST_MANIFEST_BYTES, "its manifest is too long");
            String named = new Manifest(new ByteArrayInputStream(bytes))
                    .getMainAttributes()
                    .getValue(JavaImage.PROGRAMS);
            return named == null ? Set.of() : Set.copyOf(List.of(named.trim().split(" +")));
        } catch (TrustException e) {
            throw e;
        } catch (IOException e) {
            throw malformed(e);
        }
    }

    InputStream open(JarEntry entry) throws TrustException {
        try {
            return jar.getInputStream(entry);
        } catch (IOException e) {
            throw malformed(e);
        }
    }

    static int read(InputStream in, byte[] buffer) throws TrustException {
        try {
            return in.read(buffer);
        } catch (IOException e) {
            throw malformed(e);
        }
    }

    private static TrustException malformed(IOException e) {
        return new TrustException(LauncherCode.SLOT_JAVA_MALFORMED, e.toString(), e);
    }

    @Override
    public void close() throws IOException {
        jar.close();
    }
}
