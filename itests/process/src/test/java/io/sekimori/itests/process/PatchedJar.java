package io.sekimori.itests.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/** Jars in which one entry is another. */
final class PatchedJar {

    private PatchedJar() {}

    /** The same jar without that entry. */
    static Path without(Path jar, String entry) throws IOException {
        return patched(jar, entry, bytes -> new byte[0]);
    }

    /** The same jar in which a class says another word of the same length. */
    static Path saying(Path jar, String entry, String word, String other) throws IOException {
        return patched(jar, entry, bytes -> {
            String text = new String(bytes, StandardCharsets.ISO_8859_1);
            if (!text.contains(word) || word.length() != other.length()) {
                throw new IllegalArgumentException(entry + " does not say " + word);
            }
            return text.replace(word, other).getBytes(StandardCharsets.ISO_8859_1);
        });
    }

    /** The same jar with one more entry. */
    static Path with(Path jar, String entry, String text) throws IOException {
        Path half = jar.resolveSibling(jar.getFileName() + ".part");
        try (ZipFile from = new ZipFile(jar.toFile());
                ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(half))) {
            for (ZipEntry each : Collections.list(from.entries())) {
                to.putNextEntry(new ZipEntry(each.getName()));
                from.getInputStream(each).transferTo(to);
            }
            to.putNextEntry(new ZipEntry(entry));
            to.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return Files.move(half, jar, StandardCopyOption.REPLACE_EXISTING);
    }

    private static Path patched(Path jar, String entry, UnaryOperator<byte[]> patch) throws IOException {
        Path half = jar.resolveSibling(jar.getFileName() + ".part");
        try (ZipFile from = new ZipFile(jar.toFile());
                ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(half))) {
            for (ZipEntry each : Collections.list(from.entries())) {
                try (InputStream in = from.getInputStream(each)) {
                    byte[] bytes = in.readAllBytes();
                    byte[] patched = each.getName().equals(entry) ? patch.apply(bytes) : bytes;
                    if (patched.length > 0 || bytes.length == 0) {
                        to.putNextEntry(new ZipEntry(each.getName()));
                        to.write(patched);
                    }
                }
            }
        }
        return Files.move(half, jar, StandardCopyOption.REPLACE_EXISTING);
    }
}
