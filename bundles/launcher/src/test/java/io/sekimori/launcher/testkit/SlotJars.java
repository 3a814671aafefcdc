package io.sekimori.launcher.testkit;

import com.fasterxml.jackson.core.JsonFactory;
import io.sekimori.generation.Generation;
import io.sekimori.launcher.Admission;
import io.sekimori.launcher.main.ExitCode;
import io.sekimori.trust.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.apache.felix.framework.Felix;

/** The launcher's class path as jars, as a slot holds it; modules that are only compiled yet are packed first. */
public final class SlotJars {

    private static final Map<String, Class<?>> PARTS = Map.of(
            "com.fasterxml.jackson.core.jackson-core", JsonFactory.class,
            "io.sekimori.generation", Generation.class,
            "io.sekimori.launcher", ExitCode.class,
            "io.sekimori.launcher.api", Admission.class,
            "io.sekimori.trust", JsonObject.class,
            "org.apache.felix.framework", Felix.class);

    private SlotJars() {}

    /** Symbolic name to jar, sorted. Packed jars are written into the folder. */
    public static Map<String, Path> write(Path folder) {
        Map<String, Path> jars = new TreeMap<>();
        PARTS.forEach((name, type) -> jars.put(name, jar(name, type, folder)));
        return jars;
    }

    private static Path jar(String name, Class<?> type, Path folder) {
        try {
            Path source = Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
            if (Files.isRegularFile(source)) {
                return source;
            }
            Files.createDirectories(folder);
            Path jar = folder.resolve(name + ".jar");
            pack(source, jar);
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void pack(Path classes, Path jar) throws IOException {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                JarEntry entry = new JarEntry(classes.relativize(file).toString());
                entry.setTime(0);
                out.putNextEntry(entry);
                Files.copy(file, out);
            }
        }
    }
}
