package io.sekimori.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.util.Collections;
import java.util.Map;
import java.util.Random;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Makes a further version of a bundle out of a built jar: the same classes, another manifest. It is a new release to
 * everything that comes after, with bytes, version and hash of its own.
 */
final class Rebuilt {

    private static final LocalDateTime ALWAYS = LocalDateTime.of(1980, 1, 1, 0, 0);

    private Rebuilt() {}

    /** Writes {@code jar} into {@code target} with those manifest headers replaced or added. */
    static void jar(Path jar, Path target, Map<String, String> headers) throws IOException {
        Files.createDirectories(target.getParent());
        try (JarFile from = new JarFile(jar.toFile(), false);
                OutputStream file = Files.newOutputStream(target);
                ZipOutputStream to = new ZipOutputStream(file)) {
            Manifest manifest = from.getManifest();
            headers.forEach((name, value) -> manifest.getMainAttributes().putValue(name, value));
            to.putNextEntry(entry(JarFile.MANIFEST_NAME));
            manifest.write(to);
            for (ZipEntry entry : Collections.list(from.entries())) {
                if (!entry.isDirectory() && !entry.getName().equals(JarFile.MANIFEST_NAME)) {
                    to.putNextEntry(entry(entry.getName()));
                    try (InputStream in = from.getInputStream(entry)) {
                        in.transferTo(to);
                    }
                }
            }
        }
    }

    private static ZipEntry entry(String name) {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(ALWAYS);
        return entry;
    }

    /** Adds so many random bytes to {@code jar}, which no compression makes smaller. */
    static void padded(Path jar, long bytes) throws IOException {
        Path part = jar.resolveSibling(jar.getFileName() + ".part");
        Random random = new Random(1);
        byte[] block = new byte[1 << 16];
        try (ZipFile from = new ZipFile(jar.toFile());
                ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(part))) {
            for (ZipEntry each : Collections.list(from.entries())) {
                to.putNextEntry(entry(each.getName()));
                try (InputStream in = from.getInputStream(each)) {
                    in.transferTo(to);
                }
            }
            to.putNextEntry(entry("padding.bin"));
            for (long done = 0; done < bytes; done += block.length) {
                random.nextBytes(block);
                to.write(block);
            }
        }
        Files.move(part, jar, StandardCopyOption.REPLACE_EXISTING);
    }
}
